using System.Collections.ObjectModel;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Services.Definitions;

namespace McpOptimizer.Core.Services.Learning;

/// <summary>
/// What each caller found lately, so that only calls count that he made after his own search. Callers are told apart by profile, subject and session; those
/// without any of them are one caller.
/// </summary>
internal sealed class RecentFinds(TimeProvider clock)
{
    private const int MostCallers = 1_000;
    private const int MostFinds = 8;
    private const int MostPassedOver = 3;
    private const int MostServers = 10;

    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Profile, string? Subject, string? Session), Caller> _callers = [];

    /// <summary>A caller was shown hits.</summary>
    public void Found((string Profile, string? Subject, string? Session) caller, ReadOnlyMemory<float> vector, string text, IReadOnlyList<IndexedTool> hits)
    {
        lock (_gate)
        {
            Caller known = CallerOf(caller);
            known.At = clock.GetTimestamp();
            known.Finds.Add(new Find(vector, text, hits, known.At));
            if (known.Finds.Count > MostFinds)
            {
                known.Finds.RemoveAt(0);
            }
        }
    }

    /// <summary>A caller called a tool that answered.</summary>
    /// <returns>The request that found it and what became of its hits; null when the caller was not shown the tool lately, or it counted already.</returns>
    public (ReadOnlyMemory<float> Vector, string Text, IReadOnlyList<LearnedOutcome> Outcomes)? Called(
        (string Profile, string? Subject, string? Session) caller, string serverName, string toolName, LearnedKind kind)
    {
        lock (_gate)
        {
            Caller known = CallerOf(caller);
            if (kind == LearnedKind.Called)
            {
                known.Servers.Enqueue((serverName, clock.GetTimestamp()));
                if (known.Servers.Count > MostServers)
                {
                    known.Servers.Dequeue();
                }
            }

            for (int i = known.Finds.Count - 1; i >= 0 && clock.GetElapsedTime(known.Finds[i].At) <= Recent; i--)
            {
                Find find = known.Finds[i];
                int at = find.Hits.Index().Where(hit => hit.Item.Name == toolName && hit.Item.ServerName == serverName).Select(hit => hit.Index).FirstOrDefault(-1);
                if (at >= 0)
                {
                    return find.Counted.Add((at, kind)) ? (find.Vector, find.Text, Outcomes(find, at, kind)) : null;
                }
            }

            return null;
        }
    }

    /// <summary>How often each server was among the caller's last calls that worked.</summary>
    public IReadOnlyDictionary<string, int> RecentServers((string Profile, string? Subject, string? Session) caller)
    {
        lock (_gate)
        {
            return _callers.TryGetValue(caller, out Caller? known)
                ? known.Servers.Where(call => clock.GetElapsedTime(call.At) <= Recent).CountBy(call => call.Server, StringComparer.Ordinal).ToDictionary(StringComparer.Ordinal)
                : ReadOnlyDictionary<string, int>.Empty;
        }
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _callers.Clear();
        }
    }

    private Caller CallerOf((string Profile, string? Subject, string? Session) caller)
    {
        if (!_callers.TryGetValue(caller, out Caller? known))
        {
            if (_callers.Count >= MostCallers)
            {
                _callers.Remove(_callers.MinBy(other => other.Value.At).Key);
            }

            _callers[caller] = known = new Caller { At = clock.GetTimestamp() };
        }

        return known;
    }

    // A hit that failed speaks for none of the others.
    private static List<LearnedOutcome> Outcomes(Find find, int at, LearnedKind kind)
    {
        List<LearnedOutcome> outcomes = [Outcome(find.Hits[at], kind)];
        for (int i = 0; i < at && kind == LearnedKind.Called && outcomes.Count <= MostPassedOver; i++)
        {
            if (!find.Counted.Contains((i, LearnedKind.Called)) && !find.Counted.Contains((i, LearnedKind.Failed)))
            {
                outcomes.Add(Outcome(find.Hits[i], LearnedKind.PassedOver));
            }
        }

        return outcomes;
    }

    private static LearnedOutcome Outcome(IndexedTool tool, LearnedKind kind) => new(tool.ServerName, tool.Name, DefinitionHashes.Of(tool), kind);

    private sealed class Caller
    {
        public long At { get; set; }

        public List<Find> Finds { get; } = [];

        public Queue<(string Server, long At)> Servers { get; } = [];
    }

    private sealed record Find(ReadOnlyMemory<float> Vector, string Text, IReadOnlyList<IndexedTool> Hits, long At)
    {
        public HashSet<(int Hit, LearnedKind Kind)> Counted { get; } = [];
    }
}
