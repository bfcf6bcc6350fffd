using System.CommandLine;
using Hosting;
using McpOptimizer.Server.Cli;
using ModelContextProtocol;

namespace McpOptimizer.Server.BuiltIn;

/// <summary><c>built-in NAME</c>: one of the servers that come along, over standard input and output. Not for people, so it is in no help text.</summary>
internal static class BuiltInCommand
{
    public const string Name = "built-in";

    public static Command Create()
    {
        Argument<string> server = new("name") { Description = "Which." };
        server.AcceptOnlyFromAmong([.. BuiltInServers.Names]);
        Command command = new(Name, "Serves one of the servers that come with this program.") { server };
        command.Hidden = true;
        command.SetAction((result, cancellationToken) => RunAsync(result.GetValue(server)!, cancellationToken));
        return command;
    }

    private static Task<int> RunAsync(string name, CancellationToken cancellationToken) => McpHost.RunAsync(
        new McpHostOptions { Name = name, Version = OwnProgram.Version },
        // That a subscription ends with its client is no news.
        ["--stdio", "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:ModelContextProtocol=Error"],
        builder =>
        {
            if (name == BuiltInServers.Workspace)
            {
                builder.Services.AddFleetMetadataTools();
                builder.Services.AddMcpServer();
            }
            else
            {
                builder.Services.AddMcpServer().WithTools<ToolboxTools>(McpJsonUtilities.DefaultOptions);
            }
        },
        cancellationToken: cancellationToken);
}
