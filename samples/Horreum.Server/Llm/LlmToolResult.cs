namespace Horreum.Server.Llm;

/// <summary>What a call answered.</summary>
/// <param name="Call">The call.</param>
/// <param name="Json">Its answer.</param>
/// <param name="IsError">Whether it failed.</param>
internal sealed record LlmToolResult(LlmToolCall Call, string Json, bool IsError);
