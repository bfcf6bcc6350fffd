using McpOptimizer.Core.Models.Disclosure;

namespace McpOptimizer.Core.Services.Discovery;

/// <summary>Takes one record for each search that was answered. Register one to keep them; all that are registered are told.</summary>
public interface IFindAuditSink
{
    /// <summary>Takes a record. Must return quickly and not throw.</summary>
    void Write(FindAuditRecord record);
}
