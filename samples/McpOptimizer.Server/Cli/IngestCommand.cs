using System.CommandLine;

namespace McpOptimizer.Server.Cli;

/// <summary><c>ingest</c>: one look at registry and servers.</summary>
internal static class IngestCommand
{
    public static Command Create(CommonOptions common)
    {
        Command command = new("ingest", "Takes in registry and servers once and says what changed. Exit code 3 when something did not work.") { common.Json };
        command.SetAction((result, cancellationToken) =>
        {
            CommonSettings settings = common.Read(result);
            return LocalOptimizer.RunAsync(
                settings,
                new LocalLook(),
                async (_, report, _) =>
                {
                    if (settings.Json)
                    {
                        await Answer.WriteJsonAsync(IngestionAnswer.Write(report));
                    }
                    else
                    {
                        await Answer.WriteAsync($"{report.Seen} seen, {report.Changed} changed, {report.Deleted} deleted, {report.Embedded} texts embedded, {report.Problems.Count} problems");
                        await Problems.NoteAsync(report.Problems);
                    }

                    return report.Problems.Count == 0 ? 0 : CliFaults.No;
                },
                cancellationToken);
        });
        return command;
    }
}
