namespace Horreum.Server.Llm;

/// <summary>A call that the LLM wants made.</summary>
/// <param name="Id">Its name for the call; null where the provider has none.</param>
/// <param name="Name">Name of the function.</param>
/// <param name="Arguments">As the LLM wrote them: a JSON object, if it did well.</param>
internal sealed record LlmToolCall(string? Id, string Name, string Arguments);
