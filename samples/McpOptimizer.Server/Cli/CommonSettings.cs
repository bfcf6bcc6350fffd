namespace McpOptimizer.Server.Cli;

/// <summary>What the flags of every command say; null where a flag was not given.</summary>
/// <param name="ServersFile">The servers file.</param>
/// <param name="Registry">The registry document.</param>
/// <param name="Database">The database.</param>
/// <param name="LogLevel">From which level on to log.</param>
/// <param name="Json">Whether the answer is to be JSON.</param>
/// <param name="Encoder">What compares meaning.</param>
internal sealed record CommonSettings(string? ServersFile, string? Registry, string? Database, LogLevel? LogLevel = null, bool Json = false, string? Encoder = null)
{
    /// <summary>Whether more is logged than a person at work wants to see.</summary>
    public bool Verbose => LogLevel <= Microsoft.Extensions.Logging.LogLevel.Debug;
}
