using System.CommandLine;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Ingestion;

namespace McpOptimizer.Server.Cli;

/// <summary><c>rematch SERVER</c>: looks for the registry entry of one server again.</summary>
internal static class RematchCommand
{
    public static Command Create(CommonOptions common)
    {
        Argument<string> server = new("server") { Description = "Name of the workload." };
        Command command = new("rematch", "Looks for the registry entry of a server again.") { server, common.Json };
        command.SetAction((result, cancellationToken) => LocalOptimizer.RunAsync(
            common.Read(result),
            new LocalLook { Stored = true },
            async (services, _, token) =>
            {
                IIngestionService ingestion = services.GetRequiredService<IIngestionService>();
                await ingestion.IngestRegistryAsync(token);
                IngestionReport report = await ingestion.RematchAsync(result.GetValue(server)!, token);
                if (result.GetValue(common.Json))
                {
                    await Answer.WriteJsonAsync(IngestionAnswer.Write(report));
                    return report.Problems.Count == 0 ? 0 : CliFaults.No;
                }

                string[] lines = report switch
                {
                    { Problems.Count: > 0 } => [.. report.Problems],
                    { Changes.Count: > 0 } => [.. report.Changes],
                    _ => ["Nothing changed; the link stays as it is."],
                };
                await Answer.WriteAsync(string.Join('\n', lines));
                return report.Problems.Count == 0 ? 0 : CliFaults.No;
            },
            cancellationToken));
        return command;
    }
}
