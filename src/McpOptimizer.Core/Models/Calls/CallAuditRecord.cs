namespace McpOptimizer.Core.Models.Calls;

/// <summary>One call, for the audit log.</summary>
public sealed record CallAuditRecord
{
    /// <summary>When it began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who called; null when not known.</summary>
    public string? Caller { get; init; }

    /// <summary>The caller's session; null for none.</summary>
    public string? SessionId { get; init; }

    /// <summary>The server; null when none was found.</summary>
    public string? ServerName { get; init; }

    /// <summary>The tool, the resource's address or the prompt; what was asked for when none was found.</summary>
    public string? ToolName { get; init; }

    /// <summary>What was done: <c>tools/call</c>, <c>resources/read</c> or <c>prompts/get</c>.</summary>
    public string Method { get => field ?? "tools/call"; init; }

    /// <summary>How it ended.</summary>
    public required ToolCallStatus Status { get; init; }

    /// <summary>Why the backend failed; else null.</summary>
    public BackendFailure? Failure { get; init; }

    /// <summary>UTF-8 bytes of the arguments.</summary>
    public long ArgumentBytes { get; init; }

    /// <summary>UTF-8 bytes of the result as the caller got it.</summary>
    public long ResultBytes { get; init; }

    /// <summary>Whether the result was cut.</summary>
    public bool Cut { get; init; }

    /// <summary>How long it took, waiting for people included.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>The trace it belongs to, as 32 hexadecimal digits; null when it was not traced.</summary>
    public string? TraceId { get; init; }

    /// <summary>The arguments as JSON, only when <c>Responses.AuditArguments</c> asks for them.</summary>
    public string? Arguments { get; init; }

    /// <summary>Everything but the arguments, which may be secret.</summary>
    public override string ToString() =>
        $"{At:O} {Caller ?? "-"} {SessionId ?? "-"} {(Method == "tools/call" ? "" : Method + " ")}{ServerName ?? "-"}/{ToolName ?? "-"} {Status} {Failure?.ToString() ?? "-"} {ArgumentBytes}>{ResultBytes} bytes{(Cut ? " cut" : "")} {Duration.TotalMilliseconds:0} ms";
}
