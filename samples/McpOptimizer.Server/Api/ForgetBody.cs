namespace McpOptimizer.Server.Api;

/// <summary>The body of <c>POST /api/forget</c>.</summary>
internal sealed record ForgetBody(string? Profile, string? Subject, string? Server, string? Tool, string? Before, bool All);
