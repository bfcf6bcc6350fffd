using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Install;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary><c>uninstall_server</c>: stops and removes a server that the caller can see.</summary>
internal sealed class UninstallServerTool(IServerInstallService installation, IDiscoveryService discovery, IVisibilityService visibility, ICallerAccessor callers) : OptimizerTool
{
    /// <inheritdoc />
    public override Tool ProtocolTool { get; } = new()
    {
        Name = "uninstall_server",
        Title = "Remove a server",
        Description = "Stops and removes a running server, and with it its tools. What the server kept in its container is lost; ask the user first.",
        InputSchema = ToolSchemas.UninstallInput,
        OutputSchema = ToolSchemas.TextResult,
        Annotations = new ToolAnnotations { Title = "Remove a server", ReadOnlyHint = false, IdempotentHint = true, DestructiveHint = true, OpenWorldHint = false },
    };

    /// <inheritdoc />
    protected override async ValueTask<CallToolResult> RunAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ToolArguments arguments = new ToolArguments("uninstall_server", request.Params?.Arguments, "server_name").RejectUnknown();
        if (!visibility.MayInstall(callers.Current))
        {
            return Failure("Removing servers is not allowed here.");
        }

        // Listing refuses a server that the caller cannot see, in the same words as one that does not exist.
        string name = arguments.RequiredText("server_name");
        discovery.List(callers.Current, name, limit: 1);
        InstallResult result = await installation.UninstallAsync(name, cancellationToken).ConfigureAwait(false);
        return Text(result.Text, result.IsError);
    }
}
