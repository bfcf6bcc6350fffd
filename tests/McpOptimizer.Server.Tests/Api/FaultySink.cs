using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Discovery;

namespace McpOptimizer.Server.Tests.Api;

/// <summary>Takes no record: nobody's search may fail by it, and the other sinks are told all the same.</summary>
internal sealed class FaultySink : IFindAuditSink
{
    public void Write(FindAuditRecord record) => throw new InvalidOperationException("The disk is full.");
}
