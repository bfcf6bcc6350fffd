using System.Text.Json;

namespace McpOptimizer.Server.Api.Answers;

/// <summary>A call that is wanted.</summary>
/// <param name="Server">The server.</param>
/// <param name="Tool">The tool's own name.</param>
/// <param name="Arguments">An object; absent for none.</param>
/// <param name="Profile">As the parameter of the other endpoints.</param>
internal sealed record CallRequest(string Server, string Tool, JsonElement? Arguments = null, string? Profile = null);
