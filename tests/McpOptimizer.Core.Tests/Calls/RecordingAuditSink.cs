using System.Collections.Concurrent;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Services.Calls;

namespace McpOptimizer.Core.Tests.Calls;

internal sealed class RecordingAuditSink : ICallAuditSink
{
    public ConcurrentQueue<CallAuditRecord> Records { get; } = new();

    public void Write(CallAuditRecord record) => Records.Enqueue(record);
}
