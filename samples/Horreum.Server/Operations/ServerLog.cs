namespace Horreum.Server.Operations;

/// <summary>What the server logs besides the package.</summary>
internal static partial class ServerLog
{
    [LoggerMessage(EventId = 100, Level = LogLevel.Debug, Message = "{Method} {Path} answered {Status} in {DurationMs} ms ({CorrelationId}).")]
    public static partial void Completed(ILogger logger, string method, string path, int status, double durationMs, string correlationId);

    [LoggerMessage(EventId = 101, Level = LogLevel.Error, Message = "{Method} {Path} failed ({CorrelationId}).")]
    public static partial void Failed(ILogger logger, Exception exception, string method, string path, string correlationId);

    [LoggerMessage(EventId = 102, Level = LogLevel.Warning, Message = "Careful: {Risk}.")]
    public static partial void CredentialAtRisk(ILogger logger, string risk);

    [LoggerMessage(EventId = 103, Level = LogLevel.Information, Message = "Metrics at {Address}.")]
    public static partial void MetricsServed(ILogger logger, string address);

    [LoggerMessage(EventId = 104, Level = LogLevel.Warning, Message = "{Path} broke off: {Reason} ({CorrelationId}).")]
    public static partial void BrokeOff(ILogger logger, string path, string reason, string correlationId);

    [LoggerMessage(EventId = 105, Level = LogLevel.Information, Message = "Query answered after {LlmCalls} calls of the LLM and {ToolCalls} of tools in {DurationMs} ms.")]
    public static partial void QueryAnswered(ILogger logger, int llmCalls, int toolCalls, double durationMs);

    [LoggerMessage(EventId = 106, Level = LogLevel.Warning, Message = "Query failed: {Reason} The LLM's status: {UpstreamStatus}.")]
    public static partial void QueryFailed(ILogger logger, string reason, int? upstreamStatus);
}
