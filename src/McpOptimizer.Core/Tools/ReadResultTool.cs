using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Calls.Results;
using McpOptimizer.Core.Services.Discovery;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary><c>read_result</c>: the rest of a result that was cut.</summary>
internal sealed class ReadResultTool(IToolCallService calls, SharedResults shared, ICallerAccessor callers) : OptimizerTool
{
    /// <inheritdoc />
    public override Tool ProtocolTool { get; } = new()
    {
        Name = "read_result",
        Title = "Read a cut result",
        Description = "Reads on in a result that call_tool had to cut: by page, or by offset and length in characters. The handle stands in the notice of the cut result.",
        InputSchema = ToolSchemas.ReadResultInput,
        Annotations = new ToolAnnotations { Title = "Read a cut result", ReadOnlyHint = true, IdempotentHint = true, DestructiveHint = false, OpenWorldHint = false },
    };

    /// <inheritdoc />
    protected override async ValueTask<CallToolResult> RunAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ToolArguments arguments = new ToolArguments("read_result", request.Params?.Arguments, "handle", "block", "page", "offset", "length").RejectUnknown();
        StoredResultQuery query = new()
        {
            Handle = arguments.RequiredText("handle"),
            Block = arguments.OptionalNumber("block", 0, int.MaxValue),
            Page = arguments.OptionalNumber("page", 1, int.MaxValue),
            Offset = arguments.OptionalNumber("offset", 0, int.MaxValue),
            Length = arguments.OptionalNumber("length", 1, 1_000_000),
        };
        await shared.BringAsync(query.Handle, cancellationToken).ConfigureAwait(false);
        StoredResultPage page = calls.ReadResult(query, CallerBridge.ContextOf(request, callers.Current));
        if (page.Block is not null)
        {
            ToolCallOutcome block = new() { Status = ToolCallStatus.Succeeded, Result = new() { ["content"] = new System.Text.Json.Nodes.JsonArray(page.Block.DeepClone()) } };
            return CallerBridge.ResultOf(block, request);
        }

        string end = page.NextOffset is { } next ? $"\n[{page.Offset}–{next} of {page.TotalLength} characters; read on with offset {next}]" : "";
        return new CallToolResult { Content = [new TextContentBlock { Text = page.Text + end }] };
    }
}
