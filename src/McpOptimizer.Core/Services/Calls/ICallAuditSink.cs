using McpOptimizer.Core.Models.Calls;

namespace McpOptimizer.Core.Services.Calls;

/// <summary>Takes one record for each call, whatever came of it. Register one to keep them; all that are registered are told.</summary>
public interface ICallAuditSink
{
    /// <summary>Takes a record. Must return quickly and not throw.</summary>
    void Write(CallAuditRecord record);
}
