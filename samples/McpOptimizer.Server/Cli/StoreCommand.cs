using System.CommandLine;
using McpOptimizer.PostgreSql;

namespace McpOptimizer.Server.Cli;

/// <summary><c>store copy</c>: moves everything that is kept from SQLite into PostgreSQL, or back.</summary>
internal static class StoreCommand
{
    public static Command Create() => new("store", "Works on the store itself.") { Copy() };

    private static Command Copy()
    {
        Option<string> from = new("--from") { Description = "Where to copy from: a SQLite file, or a PostgreSQL address or connection string. Stop the servers on it first.", HelpName = "STORE", Required = true };
        Option<string> to = new("--to") { Description = "Where to copy to; it must be empty.", HelpName = "STORE", Required = true };
        Option<string?> fromTokens = new("--from-tokens") { Description = "Folder of the OAuth tokens of a SQLite source. Default: oauth-tokens beside the file.", HelpName = "FOLDER" };
        Option<string?> toTokens = new("--to-tokens") { Description = "The same for a SQLite target.", HelpName = "FOLDER" };
        Command command = new("copy", "Copies registry, workloads, tools, vectors, trust with its log, and OAuth tokens, and compares them row by row.") { from, to, fromTokens, toTokens };
        command.SetAction((result, cancellationToken) => CliFaults.GuardAsync(async () =>
        {
            SQLitePCL.Batteries_V2.Init();
            IReadOnlyList<StoreCopyCount> counts = await StoreCopy.RunAsync(
                result.GetRequiredValue(from), result.GetRequiredValue(to), result.GetValue(fromTokens), result.GetValue(toTokens), cancellationToken);
            foreach (StoreCopyCount count in counts)
            {
                await Console.Out.WriteLineAsync($"{count.Table}: {count.Rows} copied and compared");
            }

            return 0;
        }));
        return command;
    }
}
