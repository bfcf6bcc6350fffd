using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>The last visible sets of one snapshot, found without a lock. Scopes of groups alone are the same when their groups are.</summary>
internal sealed class VisibleSetCache
{
    private const int Capacity = 64;

    private Entry[] _entries = [];

    /// <summary>The set of a scope, worked out when it is not here.</summary>
    public VisibleSet Get(ToolIndex index, VisibilityScope scope)
    {
        Entry[] entries = Volatile.Read(ref _entries);
        foreach (Entry entry in entries)
        {
            if (ReferenceEquals(entry.Scope, scope) || IsSame(entry.Scope, scope))
            {
                return entry.Set;
            }
        }

        VisibleSet set = new(index, scope);

        // Two searches that arrive together may both work it out; the second simply finds its entry not kept.
        Entry[] next = [new Entry(scope, set), .. entries.Take(Capacity - 1)];
        Interlocked.CompareExchange(ref _entries, next, entries);
        return set;
    }

    private static bool IsSame(VisibilityScope left, VisibilityScope right)
    {
        bool byGroupsAlone = left is { AllowsServer: null, AllowsTool: null } && right is { AllowsServer: null, AllowsTool: null };
        return byGroupsAlone && (left.Groups is null ? right.Groups is null : right.Groups is not null && left.Groups.SetEquals(right.Groups));
    }

    private sealed record Entry(VisibilityScope Scope, VisibleSet Set);
}
