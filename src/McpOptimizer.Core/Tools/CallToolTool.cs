using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Discovery;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary><c>call_tool</c>: runs a tool of a backend and hands its answer through.</summary>
internal sealed class CallToolTool(IToolCallService calls, IVisibilityService visibility, ICallerAccessor callers) : OptimizerTool
{
    /// <inheritdoc />
    /// <remarks>No output schema: the answer is whatever the called tool answers.</remarks>
    public override Tool ProtocolTool { get; } = new()
    {
        Name = "call_tool",
        Title = "Call a tool",
        Description = "Runs a tool that find_tool found, on its server, and returns its answer unchanged. parameters must fit the tool's inputSchema.",
        InputSchema = ToolSchemas.CallInput,
        Annotations = new ToolAnnotations { Title = "Call a tool", ReadOnlyHint = false, IdempotentHint = false, DestructiveHint = true, OpenWorldHint = true },
    };

    /// <inheritdoc />
    protected override async ValueTask<CallToolResult> RunAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ToolCallRequest call = CallerBridge.WithAnswers(ToolArguments.ReadCall("call_tool", request.Params?.Arguments), request);
        CallContext context = CallerBridge.ContextOf(request, callers.Current);
        return CallerBridge.ResultOf(await calls.CallAsync(call, visibility.ScopeOf(callers.Current), context, cancellationToken).ConfigureAwait(false), request);
    }
}
