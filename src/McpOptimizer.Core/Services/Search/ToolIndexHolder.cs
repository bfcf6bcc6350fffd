using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Search;

/// <summary>
/// Holds the snapshot that searches use and puts new ones in its place, whole. Readers take no lock; changes wait for one another. Segments that
/// became many or half empty are joined in the background and put in place afterwards.
/// </summary>
public sealed class ToolIndexHolder
{
    private readonly Lock _writing = new();
    private readonly SearchSettings _settings;
    private ToolIndex _current;
    private long _version;
    private Task _merging = Task.CompletedTask;

    /// <summary>An empty holder.</summary>
    /// <param name="settings">Field weights and merge thresholds; null for the defaults.</param>
    public ToolIndexHolder(SearchSettings? settings = null)
    {
        _settings = settings ?? new SearchSettings();
        _current = ToolIndex.Create(_settings);
    }

    /// <summary>Raised after a change was published, on the thread that applied it. Merging segments changes nothing and raises nothing.</summary>
    public event EventHandler? Changed;

    /// <summary>The newest snapshot.</summary>
    public ToolIndex Current => Volatile.Read(ref _current);

    /// <summary>How many changes were published so far.</summary>
    public long Version => Interlocked.Read(ref _version);

    /// <summary>Applies a change to the newest snapshot and publishes the result.</summary>
    /// <returns>The published snapshot.</returns>
    public ToolIndex Apply(IndexChange change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return Publish(current => current.Apply(change));
    }

    /// <summary>Begins a batch: what is read in portions is indexed portion by portion and published whole.</summary>
    internal SegmentBatch BeginBatch() => new(_settings);

    /// <summary>Publishes a batch: its servers take the place of those of the same ids.</summary>
    internal ToolIndex Apply(SegmentBatch batch) => Publish(current => current.Apply(batch));

    private ToolIndex Publish(Func<ToolIndex, ToolIndex> apply)
    {
        ToolIndex published;
        lock (_writing)
        {
            published = apply(Current);
            IReadOnlyList<SegmentView> small = MergePolicy.ChooseSmall(published.Segments, _settings);
            if (small.Count > 0)
            {
                published = Merge(published, small);
            }

            Volatile.Write(ref _current, published);
            Interlocked.Increment(ref _version);
            if (_merging.IsCompleted && MergePolicy.Choose(published.Segments, _settings).Count > 0)
            {
                _merging = Task.Run(MergeInBackground);
            }
        }

        Changed?.Invoke(this, EventArgs.Empty);
        return published;
    }

    /// <summary>Completes when no merge is running. For orderly stops, benchmarks and tests; nothing else needs to wait.</summary>
    public async Task WhenMergedAsync(CancellationToken cancellationToken = default)
    {
        Task running;
        do
        {
            lock (_writing)
            {
                running = _merging;
            }

            await running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        while (!ReferenceEquals(running, _merging));
    }

    private static ToolIndex Merge(ToolIndex index, IReadOnlyList<SegmentView> chosen)
    {
        (IndexSegment segment, List<(SegmentView From, int Slot)> sources) = SegmentMerger.Merge(chosen);
        return index.WithMerged(chosen, segment, sources);
    }

    private void MergeInBackground()
    {
        while (true)
        {
            IReadOnlyList<SegmentView> chosen = MergePolicy.Choose(Current.Segments, _settings);
            if (chosen.Count == 0)
            {
                return;
            }

            // The long part works on what was chosen; servers that change meanwhile are taken over as they are then.
            (IndexSegment segment, List<(SegmentView From, int Slot)> sources) = SegmentMerger.Merge(chosen);
            lock (_writing)
            {
                Volatile.Write(ref _current, Current.WithMerged(chosen, segment, sources));
            }
        }
    }
}
