namespace McpOptimizer.Server.Api;

/// <summary>The body of <c>POST /api/forget</c>.</summary>
internal sealed record ForgetBody(string? Profile = null, string? Subject = null, string? Server = null, string? Tool = null, string? Before = null, bool All = false);
