using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Repositories.Sources;
using McpOptimizer.Core.Services.Catalogue;

namespace McpOptimizer.Core.Services.Ingestion.Look;

/// <summary>
/// Asks the sources for their workloads. A look that must not be held up goes on without those that are slow; what they answer later is there at the next
/// look, which is asked for then.
/// </summary>
internal sealed class SourceLooks(IEnumerable<IWorkloadSource> sources, IngestionStatus status, PollingSignal signal, TimeProvider clock)
{
    private readonly IWorkloadSource[] _sources = [.. sources];
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Look> _current = new(StringComparer.Ordinal);

    /// <summary>Names of the sources that are configured.</summary>
    public IEnumerable<string> Names => _sources.Select(source => source.Name);

    /// <summary>Asks all.</summary>
    /// <param name="patience">How long to wait for the slow ones; null for as long as they take.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The answers of those that answered, well or badly, in the order of the sources.</returns>
    public async Task<IReadOnlyList<SourceAnswer>> AskAsync(TimeSpan? patience, CancellationToken cancellationToken)
    {
        Look[] looks = [.. _sources.Select(source => Begin(source, cancellationToken))];
        Task all = Task.WhenAll(looks.Select(look => look.Answer));
        await Task.WhenAny(all, Task.Delay(patience ?? Timeout.InfiniteTimeSpan, clock, cancellationToken)).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        List<SourceAnswer> answers = [];
        foreach (Look look in looks)
        {
            if (look.Answer.IsCompleted)
            {
                answers.Add(await look.Answer.ConfigureAwait(false));
                Take(look);
            }
            else
            {
                _ = look.Answer.ContinueWith(_ => signal.LookAtAll(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            }
        }

        return answers;
    }

    /// <summary>A source says that there is news: what it was asked before may not know of it.</summary>
    public void MarkChanged(string source)
    {
        lock (_gate)
        {
            if (_current.TryGetValue(source, out Look? running))
            {
                running.IsStale = true;
            }
        }
    }

    private Look Begin(IWorkloadSource source, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_current.TryGetValue(source.Name, out Look? running))
            {
                // What it lists may be from before the change that this look was asked for.
                running.IsStale |= !running.Answer.IsCompleted;
                return running;
            }

            return _current[source.Name] = new Look(source.Name, Task.Run(() => ListAsync(source, cancellationToken), CancellationToken.None));
        }
    }

    private void Take(Look look)
    {
        lock (_gate)
        {
            if (_current.GetValueOrDefault(look.Source) == look)
            {
                _current.Remove(look.Source);
            }
        }

        if (look.IsStale)
        {
            signal.LookAtAll();
        }
    }

    private async Task<SourceAnswer> ListAsync(IWorkloadSource source, CancellationToken cancellationToken)
    {
        try
        {
            WorkloadListing listing = await source.ListAsync(cancellationToken).ConfigureAwait(false);
            status.Succeeded(source.Name, listing.Workloads.Count);
            return new SourceAnswer(source.Name, listing, null);
        }
#pragma warning disable CA1031 // Whatever a source throws means "could not look": the others are not to suffer.
        catch (Exception e)
#pragma warning restore CA1031
        {
            if (!cancellationToken.IsCancellationRequested)
            {
                status.Failed(source.Name, e.Message);
            }

            return new SourceAnswer(source.Name, null, e.Message);
        }
    }

    private sealed record Look(string Source, Task<SourceAnswer> Answer)
    {
        public bool IsStale { get; set; }
    }
}
