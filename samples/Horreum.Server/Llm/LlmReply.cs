using System.Text.Json.Nodes;

namespace Horreum.Server.Llm;

/// <summary>One answer of the LLM.</summary>
/// <param name="Text">Its words; empty when it only calls.</param>
/// <param name="Calls">The calls that it wants made.</param>
/// <param name="Turn">The answer as the next request must repeat it.</param>
internal sealed record LlmReply(string Text, IReadOnlyList<LlmToolCall> Calls, JsonNode Turn);
