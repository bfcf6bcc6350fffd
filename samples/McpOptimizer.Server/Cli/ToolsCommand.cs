using System.CommandLine;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Discovery;

namespace McpOptimizer.Server.Cli;

/// <summary><c>tools</c>: every visible tool, one a line.</summary>
internal static class ToolsCommand
{
    public static Command Create(CommonOptions common)
    {
        Option<string?> server = new("--server") { Description = "Only the tools of this server." };
        Option<bool> stored = new("--stored") { Description = "List what is stored; ask no server." };
        Command command = new("tools", "Lists every tool of every running server.") { server, stored };
        command.SetAction((result, cancellationToken) => LocalOptimizer.ReadAsync(
            common.Read(result),
            result.GetValue(stored),
            async (services, _, _) =>
            {
                foreach (IndexedTool tool in services.GetRequiredService<IDiscoveryService>().List(CallerIdentity.Anonymous, result.GetValue(server)))
                {
                    await Console.Out.WriteLineAsync($"{tool.ServerName}/{tool.Name}\t{tool.TokenCount} tokens");
                }

                return 0;
            },
            cancellationToken));
        return command;
    }
}
