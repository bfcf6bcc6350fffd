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
        Command command = new("rematch", "Looks for the registry entry of a server again.") { server };
        command.SetAction((result, cancellationToken) => LocalOptimizer.RunAsync(
            common.Read(result),
            stored: true,
            async (services, _, token) =>
            {
                IIngestionService ingestion = services.GetRequiredService<IIngestionService>();
                await ingestion.IngestRegistryAsync(token);
                IngestionReport report = await ingestion.RematchAsync(result.GetValue(server)!, token);
                string[] lines = report switch
                {
                    { Problems.Count: > 0 } => [.. report.Problems],
                    { Changes.Count: > 0 } => [.. report.Changes],
                    _ => ["Nothing changed; the link stays as it is."],
                };
                await Console.Out.WriteLineAsync(VisibleText.Escape(string.Join('\n', lines), keepLines: true));
                return report.Problems.Count == 0 ? 0 : 3;
            },
            cancellationToken));
        return command;
    }
}
