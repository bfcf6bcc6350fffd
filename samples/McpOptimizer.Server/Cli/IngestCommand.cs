using System.CommandLine;

namespace McpOptimizer.Server.Cli;

/// <summary><c>ingest</c>: one look at registry and servers.</summary>
internal static class IngestCommand
{
    public static Command Create(CommonOptions common)
    {
        Command command = new("ingest", "Takes in registry and servers once and says what changed.");
        command.SetAction((result, cancellationToken) => LocalOptimizer.RunAsync(
            common.Read(result),
            stored: false,
            async (_, report, _) =>
            {
                await Console.Out.WriteLineAsync($"{report.Seen} seen, {report.Changed} changed, {report.Deleted} deleted, {report.Embedded} texts embedded, {report.Problems.Count} problems");
                foreach (string problem in report.Problems)
                {
                    await Console.Out.WriteLineAsync("! " + VisibleText.Escape(problem));
                }

                return report.Problems.Count == 0 ? 0 : 3;
            },
            cancellationToken));
        return command;
    }
}
