using System.CommandLine;

namespace McpOptimizer.Server.Cli;

/// <summary>Flags of every command. A flag is stronger than the environment, and that than the settings file.</summary>
internal sealed class CommonOptions
{
    private static readonly Dictionary<string, LogLevel> Levels = new(StringComparer.OrdinalIgnoreCase)
    {
        ["trace"] = LogLevel.Trace,
        ["debug"] = LogLevel.Debug,
        ["info"] = LogLevel.Information,
        ["warning"] = LogLevel.Warning,
        ["error"] = LogLevel.Error,
        ["none"] = LogLevel.None,
    };

    private readonly Option<string?> _servers = new("--servers") { Description = "Servers file in the mcpServers format that MCP clients use.", HelpName = "FILE", Recursive = true };
    private readonly Option<string?> _registry = new("--registry") { Description = "Registry of installable servers: a JSON file or an http(s) address.", HelpName = "FILE|URL", Recursive = true };
    private readonly Option<string?> _database = new("--db") { Description = "SQLite database; created when missing. Default: optimizer.db in the current folder.", HelpName = "PATH", Recursive = true };

    private readonly Option<string?> _encoder = new("--encoder") { Description = "What compares meaning: the built-in encoder (builtin), or all-MiniLM-L6-v2 beside it (minilm). Default: builtin.", HelpName = "NAME", Recursive = true };

    private readonly Option<string?> _logLevel = new("--log-level")
    {
        Description = $"Log from this level on, on standard error: {string.Join(", ", Levels.Keys)}. Default: info for serve, warning for all others.",
        HelpName = "LEVEL",
        Recursive = true,
    };

    private readonly Option<bool> _verbose = new("--verbose") { Description = "The same as --log-level debug.", Recursive = true };

    /// <summary>For each command that answers something.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "The answer as one line of JSON; see docs/cli.md." };

    public void AddTo(Command command)
    {
        _logLevel.AcceptOnlyFromAmong([.. Levels.Keys]);
        command.Add(_servers);
        command.Add(_registry);
        command.Add(_database);
        command.Add(_encoder);
        command.Add(_logLevel);
        command.Add(_verbose);
    }

    public CommonSettings Read(ParseResult result) => new(
        result.GetValue(_servers), result.GetValue(_registry), result.GetValue(_database), LevelOf(result), result.GetResult(Json) is not null && result.GetValue(Json), result.GetValue(_encoder));

    private LogLevel? LevelOf(ParseResult result) => result.GetValue(_logLevel) is { } word ? Levels[word] : result.GetValue(_verbose) ? LogLevel.Debug : null;
}
