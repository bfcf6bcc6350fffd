using McpOptimizer.Core.Models.Store;

namespace McpOptimizer.Core.Services.Learning;

/// <summary>A past request as votes are counted: its tools are numbers.</summary>
/// <param name="id">The stored request's id.</param>
/// <param name="at">When its call was made.</param>
/// <param name="caller">Whose it is.</param>
/// <param name="outcomes">The called tool first, then those passed over.</param>
internal sealed class HistoryEntry(string id, DateTimeOffset at, string caller, (int Tool, LearnedKind Kind)[] outcomes)
{
    private volatile bool _isGone;

    public string Id { get; } = id;

    public DateTimeOffset At { get; } = at;

    public string Caller { get; } = caller;

    public (int Tool, LearnedKind Kind)[] Outcomes { get; } = outcomes;

    /// <summary>Whether it was forgotten; its place is given up with the next compaction.</summary>
    public bool IsGone
    {
        get => _isGone;
        set => _isGone = value;
    }
}
