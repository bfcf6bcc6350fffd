using System.Text.Json;

namespace Horreum.Server.Llm;

/// <summary>A function that the LLM may call.</summary>
/// <param name="Name">Letters, digits, underscores.</param>
/// <param name="Description">When to call it.</param>
/// <param name="Schema">JSON schema of its arguments.</param>
internal sealed record LlmTool(string Name, string Description, JsonElement Schema);
