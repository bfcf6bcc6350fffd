using System.Collections.Concurrent;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Services.Catalogue;

/// <summary>
/// Which state of each stored server this process has put into its index. Another process on the same database may have stored what is listed here too:
/// then nothing is to be written, but it is still to be published.
/// </summary>
internal sealed class PublishedServers
{
    private readonly ConcurrentDictionary<string, Mark> _marks = new(StringComparer.Ordinal);

    /// <summary>Ids of all of them.</summary>
    public IReadOnlyCollection<string> Ids => [.. _marks.Keys];

    /// <summary>Whether the index shows this row.</summary>
    public bool IsCurrent(WorkloadServer row) => _marks.TryGetValue(row.Id, out Mark? mark) && mark == Mark.Of(row);

    public void Set(WorkloadServer row) => _marks[row.Id] = Mark.Of(row);

    public void Remove(string id) => _marks.TryRemove(id, out _);

    private sealed record Mark(string? ToolsHash, ServerStatus Status, string Group, bool VirtualMcp, string Context, string? Description)
    {
        public static Mark Of(WorkloadServer row) => new(row.ToolsHash, row.Status, row.Group, row.VirtualMcp, row.ContextName, row.Description);
    }
}
