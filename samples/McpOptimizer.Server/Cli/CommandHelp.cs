using System.CommandLine;
using Hosting.Cli;

namespace McpOptimizer.Server.Cli;

/// <summary>What <c>--help</c> says besides the flags: examples for each command; for all of them environment variables and exit codes.</summary>
internal static class CommandHelp
{
    private const string Common = """
        Environment variables (a flag is stronger):
          MCP_PORT                        Port of serve on 127.0.0.1, 1024 to 65535. Default: 9900
          LOG_LEVEL                       DEBUG, INFO, WARNING, ERROR or CRITICAL
          DB_URL, ASYNC_DB_URL            sqlite:///PATH of the database, or postgresql://…
          DATABASE_URL                    postgres://USER@HOST/DATABASE, which replicas share; not beside --db
          Host__BearerToken[File]         Token of the server, or a file that holds it
          McpOptimizer__SECTION__NAME     Any setting, for example McpOptimizer__Search__MaxToolsToReturn
          TOOLHIVE_URL, TOOLHIVE_PORT     Where ToolHive is; RUNTIME_MODE=k8s for its operator
          NO_COLOR                        No colours
          More: docs/cli.md

        Exit codes:
          0    done
          1    something did not work
          2    what was asked for, or a setting, cannot be used
          3    the answer is no: nothing found, a finding, not confirmed
          4    the address is in use
          129, 130, 131, 143  ended by a signal
        """;

    private static readonly Dictionary<string, string[]> Examples = new(StringComparer.Ordinal)
    {
        [""] = ["import", "connect claude-code", "serve", "find \"open an issue\""],
        ["serve"] = ["serve", "serve --servers ~/.cursor/mcp.json --urls http://127.0.0.1:9000", "serve --stdio"],
        ["find"] = ["find \"open an issue\"", "find \"read a text file\" --token-budget 800 --json"],
        ["explain"] = ["explain \"open an issue\" --tool gitlab/create_issue"],
        ["doctor"] = ["doctor", "doctor --all --json > report.json"],
        ["call"] = ["call toolbox current_time '{\"timeZone\":\"Europe/Paris\"}'", "call github create_issue - < issue.json"],
        ["tools"] = ["tools", "tools --server github"],
        ["servers"] = ["servers", "servers --json"],
        ["logs"] = ["logs github"],
        ["ingest"] = ["ingest --servers servers.json --db optimizer.db"],
        ["rematch"] = ["rematch github"],
        ["trust"] = ["trust list --state changed", "trust diff github/create_issue", "trust approve github"],
        ["audit"] = ["audit --since 2h --outcome failed", "audit --server github --tool 'create_*' --json"],
        ["forget"] = ["forget --list", "forget --server github", "forget --before 2026-01-31"],
        ["copy"] = ["store copy --from optimizer.db --to postgres://optimizer@db/optimizer"],
        ["login"] = ["login linear"],
        ["import"] = ["import", "import cursor vscode --yes", "import --json"],
        ["connect"] = ["connect claude-code", "connect cursor --move", "connect vscode --stdio --print"],
        ["disconnect"] = ["disconnect claude-code"],
        ["completion"] = ["completion bash > ~/.local/share/bash-completion/completions/mcp-optimizer", "completion zsh > \"${fpath[1]}/_mcp-optimizer\""],
    };

    /// <summary>Adds them to the help of a command line.</summary>
    public static void AddTo(RootCommand root) => HelpText.AddTo(root, Of);

    private static string Of(Command command)
    {
        string[] examples = Examples.GetValueOrDefault(command is RootCommand ? "" : command.Name, []);
        return examples.Length == 0 ? Common : string.Join(Environment.NewLine, ["Examples:", .. examples.Select(example => $"  {OwnProgram.ToolName} {example}"), "", Common]);
    }
}
