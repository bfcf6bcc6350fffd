using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Offerings;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Offerings;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary><c>read_resource</c>: read a resource.</summary>
internal sealed class ReadResourceTool(IOfferingService offerings, ICallerAccessor callers) : OptimizerTool
{
    /// <inheritdoc />
    public override Tool ProtocolTool { get; } = new()
    {
        Name = "read_resource",
        Title = "Read a resource",
        Description = "Reads a resource that find_resource found or that a tool's result links to.",
        InputSchema = OfferingSchemas.ReadResourceInput,
        Annotations = new ToolAnnotations { Title = "Read a resource", ReadOnlyHint = true, IdempotentHint = true, DestructiveHint = false, OpenWorldHint = true },
    };

    /// <inheritdoc />
    protected override async ValueTask<CallToolResult> RunAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ToolArguments arguments = new ToolArguments("read_resource", request.Params?.Arguments, "server_name", "uri").RejectUnknown();
        ResourceRequest resource = new() { ServerName = arguments.OptionalText("server_name"), Uri = arguments.RequiredText("uri", ToolArguments.LongestAddress) };
        CallerIdentity caller = callers.Current;
        return CallerBridge.ResultOf(await offerings.ReadAsync(
            resource, caller, CallerBridge.ContextOf(request, caller), cancellationToken).ConfigureAwait(false), request);
    }
}
