using System.CommandLine;
using McpOptimizer.PostgreSql;

namespace McpOptimizer.Server.Cli;

/// <summary><c>store copy</c>: moves everything that is kept from SQLite into PostgreSQL, or back.</summary>
internal static class StoreCommand
{
    public static Command Create(CommonOptions common) => new("store", "Works on the store itself.") { Copy(common) };

    private static Command Copy(CommonOptions common)
    {
        Option<string> from = new("--from") { Description = "Where to copy from: a SQLite file, or a PostgreSQL address or connection string. Stop the servers on it first.", HelpName = "STORE", Required = true };
        Option<string> to = new("--to") { Description = "Where to copy to; it must be empty.", HelpName = "STORE", Required = true };
        Option<string?> fromTokens = new("--from-tokens") { Description = "Folder of the OAuth tokens of a SQLite source. Default: oauth-tokens beside the file.", HelpName = "FOLDER" };
        Option<string?> toTokens = new("--to-tokens") { Description = "The same for a SQLite target.", HelpName = "FOLDER" };
        Command command = new("copy", "Copies registry, workloads, tools, vectors, trust with its log, and OAuth tokens, and compares them row by row.") { from, to, fromTokens, toTokens, common.Json };
        command.SetAction((result, cancellationToken) => CliFaults.GuardAsync(result.GetValue(common.Json), async () =>
        {
            SQLitePCL.Batteries_V2.Init();
            IReadOnlyList<StoreCopyCount> counts = await StoreCopy.RunAsync(
                result.GetRequiredValue(from), result.GetRequiredValue(to), result.GetValue(fromTokens), result.GetValue(toTokens), cancellationToken);
            await (result.GetValue(common.Json)
                ? Answer.WriteJsonAsync(Json(counts))
                : Answer.WriteAsync(string.Join('\n', counts.Select(count => $"{count.Table}: {count.Rows} copied and compared"))));
            return 0;
        }));
        return command;
    }

    private static string Json(IReadOnlyList<StoreCopyCount> counts) => JsonText.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("tables"u8);
        foreach (StoreCopyCount count in counts)
        {
            writer.WriteStartObject();
            writer.WriteString("table"u8, count.Table);
            writer.WriteNumber("rows"u8, count.Rows);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
