namespace McpOptimizer.Server.Cli;

/// <summary>What the flags of <c>serve</c> say.</summary>
internal sealed record ServeSettings(bool Stdio, string? Urls);
