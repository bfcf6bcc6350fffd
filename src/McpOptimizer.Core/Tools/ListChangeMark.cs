using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary>Comes and goes to make a collection tell of a change: a real tool taken out and put in again would be unknown to a call in between. It is neither listed nor callable.</summary>
internal sealed class ListChangeMark : McpServerTool
{
    public const string Name = "mcp_optimizer_list_change";

    public override Tool ProtocolTool { get; } = new() { Name = Name };

    public override IReadOnlyList<object> Metadata => [];

    public override ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default) =>
        throw new McpProtocolException($"Unknown tool: '{Name}'", McpErrorCode.InvalidParams);
}
