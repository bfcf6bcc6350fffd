using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using McpOptimizer.Core.Models.Calls;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Calls;

/// <summary>Traces, measures and records each call.</summary>
internal sealed partial class CallRecorder
{
    private const string ToolCall = "tools/call";
    private const string ToolType = "extension";

    private readonly ICallAuditSink[] _sinks;
    private readonly TimeProvider _clock;
    private readonly bool _withArguments;
    private readonly ILogger _logger;
    private readonly Histogram<double> _duration;
    private readonly Histogram<long> _size;
    private readonly Counter<long> _cut;
    private readonly Histogram<double> _execution;

    /// <summary>Creates the recorder with its instruments.</summary>
    public CallRecorder(IEnumerable<ICallAuditSink> sinks, IMeterFactory meters, IOptions<McpOptimizerOptions> options, TimeProvider clock, ILogger<CallRecorder> logger)
    {
        _sinks = [.. sinks];
        _clock = clock;
        _withArguments = options.Value.Responses.AuditArguments;
        _logger = logger;
        Meter meter = meters.Create(McpOptimizerTelemetry.SourceName);
        _duration = meter.CreateHistogram<double>(McpOptimizerTelemetry.CallDuration, "s", "Duration of calls of backend tools.");
        _size = meter.CreateHistogram<long>(McpOptimizerTelemetry.ResultSize, "By", "Size of the results of backend tools as callers got them.");
        _cut = meter.CreateCounter<long>(McpOptimizerTelemetry.ResultsCut, "{result}", "Results that were cut to fit.");
        _execution = meter.CreateHistogram<double>(McpOptimizerTelemetry.ExecuteToolDuration, "s", "Duration of tool executions.");
    }

    /// <summary>Begins to trace a call; the SDK adds its own tags to the same activity.</summary>
    public static Activity? Start(string? toolName, string method = ToolCall)
    {
        if (method != ToolCall)
        {
            Activity? other = OptimizerActivities.Source.StartActivity(method);
            other?.SetTag("mcp.method.name", method);
            return other;
        }

        Activity? activity = OptimizerActivities.Source.StartActivity($"execute_tool {toolName ?? "?"}");
        activity?.SetTag("gen_ai.operation.name", "execute_tool");
        activity?.SetTag("gen_ai.tool.name", toolName);
        activity?.SetTag("gen_ai.tool.type", ToolType);
        activity?.SetTag("mcp.method.name", method);
        return activity;
    }

    /// <summary>Ends the trace, measures and writes the record.</summary>
    public void Finish(Activity? activity, ToolCallRequest request, CallContext context, ToolCallOutcome? outcome, long started, string method = ToolCall)
    {
        ToolCallStatus status = outcome?.Status ?? ToolCallStatus.Cancelled;
        TimeSpan duration = _clock.GetElapsedTime(started);
        long resultBytes = outcome is null ? 0 : (outcome.Measure ?? ResultMeasure.Of(outcome.Result)).Bytes;
        bool cut = outcome?.IsCut == true;
        TagList tags = new() { { "mcp_optimizer.server", outcome?.ServerName }, { "mcp.method.name", method }, { "mcp_optimizer.outcome", status.ToString() } };
        if (method == ToolCall)
        {
            // Addresses of resources are not among the tags: there is no end of them.
            tags.Add("gen_ai.tool.name", outcome?.ToolName);
        }

        string? error = ErrorType(status, outcome);
        if (error is not null)
        {
            tags.Add("error.type", error);
            activity?.SetTag("error.type", error);
            activity?.SetStatus(ActivityStatusCode.Error);
        }

        activity?.SetTag("mcp_optimizer.server", outcome?.ServerName);
        _duration.Record(duration.TotalSeconds, tags);
        _size.Record(resultBytes, tags);
        if (method == ToolCall && outcome is { ServerName: { } server, ToolName: { } tool })
        {
            TagList conventional = new() { { "gen_ai.tool.name", tool }, { "gen_ai.tool.type", ToolType } };
            if (error is not null)
            {
                conventional.Add("error.type", error);
            }

            _execution.Record(duration.TotalSeconds, conventional);
        }

        if (cut)
        {
            _cut.Add(1, tags);
        }

        CallAuditRecord record = new()
        {
            At = _clock.GetUtcNow() - duration,
            Caller = context.Caller,
            SessionId = context.SessionId,
            ServerName = outcome?.ServerName ?? request.ServerName,
            ToolName = outcome?.ToolName ?? request.ToolName,
            Method = method,
            Status = status,
            Failure = outcome?.Failure,
            ArgumentBytes = request.Arguments.ValueKind == JsonValueKind.Undefined ? 0 : Encoding.UTF8.GetByteCount(request.Arguments.GetRawText()),
            ResultBytes = resultBytes,
            Cut = cut,
            Duration = duration,
            TraceId = activity?.TraceId.ToString(),
            Arguments = _withArguments && request.Arguments.ValueKind != JsonValueKind.Undefined ? request.Arguments.GetRawText() : null,
        };
        AuditSinks.Write(_sinks, sink => sink.Write(record), LogSinkFailed);
    }

    // The conventions' own word for a result that is an error; ours for what did not get that far.
    private static string? ErrorType(ToolCallStatus status, ToolCallOutcome? outcome) => status switch
    {
        ToolCallStatus.Succeeded or ToolCallStatus.InputRequired => null,
        ToolCallStatus.ToolFailed => "tool_error",
        _ => outcome?.Failure?.ToString() ?? status.ToString(),
    };

    [LoggerMessage(EventId = 3102, Level = LogLevel.Error, Message = "Audit sink {Sink} failed.")]
    private partial void LogSinkFailed(string sink, Exception exception);
}
