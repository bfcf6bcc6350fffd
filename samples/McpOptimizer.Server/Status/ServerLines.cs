namespace McpOptimizer.Server.Status;

/// <summary>What one server wrote to its standard error, and when it started and ended; secrets of its entry are masked.</summary>
/// <param name="Server">The server.</param>
/// <param name="Lines">Oldest first.</param>
internal sealed record ServerLines(string Server, IReadOnlyList<ServerLine> Lines);
