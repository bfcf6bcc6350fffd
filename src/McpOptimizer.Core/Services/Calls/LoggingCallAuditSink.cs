using McpOptimizer.Core.Models.Calls;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Services.Calls;

/// <summary>Writes the audit records to the log.</summary>
internal sealed partial class LoggingCallAuditSink(ILogger<LoggingCallAuditSink> logger) : ICallAuditSink
{
    /// <inheritdoc/>
    public void Write(CallAuditRecord record)
    {
        if (record.Arguments is null)
        {
            LogCall(record);
        }
        else
        {
            LogCallWithArguments(record, record.Arguments);
        }
    }

    [LoggerMessage(EventId = 3100, Level = LogLevel.Information, Message = "Call: {Record}")]
    private partial void LogCall(CallAuditRecord record);

    [LoggerMessage(EventId = 3101, Level = LogLevel.Information, Message = "Call: {Record}; arguments {Arguments}")]
    private partial void LogCallWithArguments(CallAuditRecord record, string arguments);
}
