using System.Text.Json.Nodes;

namespace McpOptimizer.Server.Api.Answers;

/// <summary>Something that a server asks while it works on a call.</summary>
/// <param name="Method">The MCP method: elicitation/create.</param>
/// <param name="Params">Its parameters, as the server wrote them.</param>
internal sealed record QuestionAnswer(string Method, JsonObject Params);
