using System.CommandLine;

namespace McpOptimizer.Server.Cli;

/// <summary>Flags of every command. A flag is stronger than the environment, and that than the settings file.</summary>
internal sealed class CommonOptions
{
    private readonly Option<string?> _servers = new("--servers") { Description = "Servers file in the mcpServers format that MCP clients use.", HelpName = "FILE", Recursive = true };
    private readonly Option<string?> _registry = new("--registry") { Description = "Registry of installable servers: a JSON file or an http(s) address.", HelpName = "FILE|URL", Recursive = true };
    private readonly Option<string?> _database = new("--db") { Description = "SQLite database; created when missing.", HelpName = "PATH", Recursive = true };
    private readonly Option<string?> _encoder = new("--encoder") { Description = "What compares meaning: the built-in encoder (builtin), or all-MiniLM-L6-v2 beside it (minilm).", HelpName = "NAME", Recursive = true };
    private readonly Option<bool> _verbose = new("--verbose") { Description = "Log more, on standard error.", Recursive = true };

    public void AddTo(Command command)
    {
        command.Add(_servers);
        command.Add(_registry);
        command.Add(_database);
        command.Add(_encoder);
        command.Add(_verbose);
    }

    public CommonSettings Read(ParseResult result) =>
        new(result.GetValue(_servers), result.GetValue(_registry), result.GetValue(_database), result.GetValue(_verbose), result.GetValue(_encoder));
}
