using McpOptimizer.Core.Services.Callers;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary>A tool over MCP, for whoever calls at the moment.</summary>
internal sealed class OptimizerMcpTool(OptimizerTool tool, ICallerAccessor callers) : McpServerTool
{
    /// <inheritdoc />
    public override Tool ProtocolTool => tool.Describe(callers.Current);

    /// <inheritdoc />
    public override IReadOnlyList<object> Metadata => [];

    /// <inheritdoc />
    public override ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        return tool.CallAsync(request, callers.Current, cancellationToken);
    }
}
