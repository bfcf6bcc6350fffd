using System.Text.Json;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Discovery;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary><c>call_tools</c>: several calls in one request.</summary>
internal sealed class CallToolsTool(IToolCallService calls, IVisibilityService visibility, ICallerAccessor callers) : OptimizerTool
{
    /// <inheritdoc />
    public override Tool ProtocolTool { get; } = new()
    {
        Name = "call_tools",
        Title = "Call several tools",
        Description = "Runs several independent tool calls at the same time. Results come in the order of the calls, each with its own error if it failed.",
        InputSchema = ToolSchemas.BatchInput,
        OutputSchema = ToolSchemas.BatchOutput,
        Annotations = new ToolAnnotations { Title = "Call several tools", ReadOnlyHint = false, IdempotentHint = false, DestructiveHint = true, OpenWorldHint = true },
    };

    /// <inheritdoc />
    protected override async ValueTask<CallToolResult> RunAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ToolArguments arguments = new ToolArguments("call_tools", request.Params?.Arguments, "calls").RejectUnknown();
        if (arguments.OptionalList("calls") is not { } list)
        {
            throw new ArgumentException($"call_tools needs 'calls': an array of {{server_name, tool_name, parameters}}.");
        }

        ToolCallRequest[] requests = [.. list.EnumerateArray().Select(Read)];

        // A question of one backend cannot be put to the caller from within a batch, and reports of several calls under one mark would contradict each other.
        CallContext context = CallerBridge.ContextOf(request, callers.Current) with { OnRequest = null, OnProgress = null, AnswersLater = false };
        IReadOnlyList<ToolCallOutcome> outcomes = await calls.CallManyAsync(requests, visibility.ScopeOf(callers.Current), context, cancellationToken).ConfigureAwait(false);
        return Json(ToolJson.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("results"u8);
            foreach (ToolCallOutcome outcome in outcomes)
            {
                CallerBridge.ForReading(outcome.Result, outcome.Measure ?? ResultMeasure.Of(outcome.Result)).WriteTo(writer);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }));
    }

    private static ToolCallRequest Read(JsonElement call)
    {
        if (call.ValueKind != JsonValueKind.Object)
        {
            throw new ArgumentException($"call_tools: a call is {ToolArguments.Shorten(call)}; expected an object with server_name, tool_name and parameters.");
        }

        return ToolArguments.ReadCall("call_tools", call.EnumerateObject().DistinctBy(member => member.Name).ToDictionary(member => member.Name, member => member.Value));
    }
}
