using System.CommandLine;
using McpOptimizer.Server.BuiltIn;

namespace McpOptimizer.Server.Cli;

/// <summary>The commands; <c>serve</c> is what happens without one.</summary>
internal static class OptimizerCommandLine
{
    private const string Serve = "serve";

    /// <summary>Whether the server is asked for, whose standard output is that of its log or of the protocol.</summary>
    public static bool Serves(ParseResult asked) => asked.CommandResult.Command is RootCommand or { Name: Serve };

    public static RootCommand Create()
    {
        CommonOptions common = new();
        ServeOptions serving = new();
        RootCommand root = new("Finds and calls the tools of many MCP servers through one endpoint.");
        common.AddTo(root);
        serving.AddTo(root);
        root.SetAction((result, cancellationToken) => ServeCommand.RunAsync(common.Read(result), serving.Read(result), cancellationToken));

        Command serve = new(Serve, "Serves MCP clients (the default).");
        serving.AddTo(serve);
        serve.SetAction((result, cancellationToken) => ServeCommand.RunAsync(common.Read(result), serving.Read(result), cancellationToken));
        root.Add(serve);
        root.Add(ImportCommand.Create(common));
        root.Add(ConnectCommand.Create(common));
        root.Add(ConnectCommand.CreateDisconnect(common));
        root.Add(FindCommand.Create(common));
        root.Add(CallCommand.Create(common));
        root.Add(ToolsCommand.Create(common));
        root.Add(ServersCommand.Create(common));
        root.Add(LogsCommand.Create(common));
        root.Add(ExplainCommand.Create(common));
        root.Add(DoctorCommand.Create(common));
        root.Add(TrustCommand.Create(common));
        root.Add(AuditCommand.Create(common));
        root.Add(ForgetCommand.Create(common));
        root.Add(StoreCommand.Create(common));
        root.Add(LoginCommand.Create(common));
        root.Add(IngestCommand.Create(common));
        root.Add(RematchCommand.Create(common));
        root.Add(CompletionCommand.Create());
        root.Add(BuiltInCommand.Create());
        CommandHelp.AddTo(root);
        return root;
    }
}
