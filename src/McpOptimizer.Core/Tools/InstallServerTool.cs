using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Install;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary><c>install_server</c>: installs a server from the registry.</summary>
internal sealed class InstallServerTool(IServerInstallService installation, IVisibilityService visibility, ICallerAccessor callers) : OptimizerTool
{
    /// <inheritdoc />
    public override Tool ProtocolTool { get; } = new()
    {
        Name = "install_server",
        Title = "Install a server",
        Description = "Installs and starts a server that search_registry found. If it needs settings or secrets, nothing is installed and the answer says which, and what for.",
        InputSchema = ToolSchemas.InstallInput,
        OutputSchema = ToolSchemas.TextResult,
        Annotations = new ToolAnnotations { Title = "Install a server", ReadOnlyHint = false, IdempotentHint = true, DestructiveHint = false, OpenWorldHint = true },
    };

    /// <inheritdoc />
    protected override async ValueTask<CallToolResult> RunAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ToolArguments arguments = new ToolArguments("install_server", request.Params?.Arguments, "server_name").RejectUnknown();
        if (!visibility.MayInstall(callers.Current))
        {
            return Failure("Installing servers is not allowed here.");
        }

        InstallResult result = await installation.InstallAsync(arguments.RequiredText("server_name"), cancellationToken).ConfigureAwait(false);
        return Text(result.Text, result.IsError);
    }
}
