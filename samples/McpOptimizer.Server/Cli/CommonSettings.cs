namespace McpOptimizer.Server.Cli;

/// <summary>What the flags of every command say; null where a flag was not given.</summary>
internal sealed record CommonSettings(string? ServersFile, string? Registry, string? Database, bool Verbose, string? Encoder = null);
