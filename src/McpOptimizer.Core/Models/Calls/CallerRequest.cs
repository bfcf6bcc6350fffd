using System.Text.Json.Nodes;

namespace McpOptimizer.Core.Models.Calls;

/// <summary>Something a backend wants from the caller while it works on a call.</summary>
/// <param name="Method">The MCP method: <c>elicitation/create</c> or <c>sampling/createMessage</c>.</param>
/// <param name="Parameters">The method's parameters as the backend sent them.</param>
public sealed record CallerRequest(string Method, JsonObject Parameters);
