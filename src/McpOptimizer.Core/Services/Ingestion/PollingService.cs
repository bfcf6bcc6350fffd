using McpOptimizer.Core.Repositories.Sources;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Ingestion.Look;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>
/// Looks at registry and workloads again and again. What is stored is searchable before the host answers its first request;
/// a store that cannot be used stops the host with a sentence. No look waits for the servers that an earlier one asks.
/// </summary>
internal sealed partial class PollingService(
    IngestionService ingestion,
    IEnumerable<IWorkloadSource> sources,
    SourceLooks looks,
    PollingSignal signal,
    IngestionStatus status,
    IOptions<McpOptimizerOptions> options,
    TimeProvider clock,
    ILogger<PollingService> logger) : BackgroundService
{
    // A source that takes longer than this is taken over when it is there.
    private static readonly TimeSpan SourcePatience = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _registryLooked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly IWorkloadSource[] _sources = [.. sources];
    private readonly Dictionary<string, IChangeToken?> _watched = new(StringComparer.Ordinal);
    private readonly HashSet<Task> _running = [];
    private string? _lastFault;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ingestion.LoadAsync(cancellationToken).ConfigureAwait(false);
        status.Expected();
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Sources and generators may work synchronously; the host's start does not wait for them.
        await Task.Yield();
        try
        {
            await Task.WhenAll(PollRegistryAsync(stoppingToken), PollWorkloadsAsync(stoppingToken)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    private async Task PollRegistryAsync(CancellationToken cancellationToken)
    {
        TimeSpan interval = options.Value.Ingestion.RegistryPollingInterval;
        do
        {
            await GuardAsync(ingestion.IngestRegistryAsync, cancellationToken).ConfigureAwait(false);
            _registryLooked.TrySetResult();
            await Task.Delay(interval == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : interval, clock, cancellationToken).ConfigureAwait(false);
        }
        while (interval > TimeSpan.Zero);
    }

    private async Task PollWorkloadsAsync(CancellationToken cancellationToken)
    {
        bool isRegistryLate = await WaitForRegistryAsync(cancellationToken).ConfigureAwait(false);
        bool mustMatch = false;
        while (true)
        {
            // Before the look: what changes while it runs is news for the next one.
            foreach (IWorkloadSource source in _sources)
            {
                await GuardAsync(_ => Watch(source), cancellationToken).ConfigureAwait(false);
            }

            await GuardAsync(ingestion.VerifyStoreAsync, cancellationToken).ConfigureAwait(false);
            Task? answers = null;
            bool force = mustMatch;
            await GuardAsync(async token => answers = await ingestion.BeginAsync(SourcePatience, force, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            Run(answers is null ? Task.CompletedTask : FinishAsync(answers, cancellationToken));
            Run(ReembedAfterAsync(answers, cancellationToken));
            mustMatch = await WaitAsync(isRegistryLate, cancellationToken).ConfigureAwait(false);
            isRegistryLate &= !mustMatch;
        }
    }

    // Registry first, so that a first start links; but an absent registry does not hold up the workloads.
    private async Task<bool> WaitForRegistryAsync(CancellationToken cancellationToken)
    {
        bool hasRegistry = false;
        await GuardAsync(async token => hasRegistry = await ingestion.HasRegistryAsync(token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        if (!hasRegistry)
        {
            await Task.WhenAny(_registryLooked.Task, Task.Delay(options.Value.Ingestion.RegistryHeadStart, clock, cancellationToken)).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
        }

        return !hasRegistry && !_registryLooked.Task.IsCompleted;
    }

    private async Task FinishAsync(Task answers, CancellationToken cancellationToken)
    {
        if (await GuardAsync(_ => answers, cancellationToken).ConfigureAwait(false))
        {
            status.IngestionWorked();
        }
    }

    private async Task ReembedAfterAsync(Task? answers, CancellationToken cancellationToken)
    {
        await (answers ?? Task.CompletedTask).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await GuardAsync(ingestion.ReembedStaleAsync, cancellationToken).ConfigureAwait(false);
    }

    private Task Watch(IWorkloadSource source)
    {
        if (!_watched.TryGetValue(source.Name, out IChangeToken? token) || token is { HasChanged: true })
        {
            _watched[source.Name] = source.Watch();
        }

        return Task.CompletedTask;
    }

    // Returns when it is time for a look at everything; true when for the sake of a registry that came late. Servers that say that their tools changed are
    // asked meanwhile.
    private async Task<bool> WaitAsync(bool isRegistryLate, CancellationToken cancellationToken)
    {
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<IDisposable> watches = [];
        TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TimeSpan interval = options.Value.Ingestion.WorkloadPollingInterval;
        Task<LookRequest> signalled = signal.WaitAsync(enough.Token);
        try
        {
            foreach ((string source, IChangeToken? token) in _watched)
            {
                if (token is not null)
                {
                    watches.Add(token.RegisterChangeCallback(
                        _ =>
                        {
                            looks.MarkChanged(source);
                            changed.TrySetResult();
                        },
                        null));
                }
            }

            Task timer = Task.Delay(interval == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : interval, clock, enough.Token);
            Task registry = isRegistryLate ? _registryLooked.Task : Task.Delay(Timeout.InfiniteTimeSpan, clock, enough.Token);
            while (true)
            {
                Task first = await Task.WhenAny(timer, changed.Task, registry, signalled).ConfigureAwait(false);
                cancellationToken.ThrowIfCancellationRequested();
                if (first != signalled || signalled.Result.IsAll)
                {
                    return first == registry;
                }

                Ask(signalled.Result, cancellationToken);
                signalled = signal.WaitAsync(enough.Token);
            }
        }
        finally
        {
            await enough.CancelAsync().ConfigureAwait(false);
            watches.ForEach(watch => watch.Dispose());
            await ((Task)signalled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (signalled.IsCompletedSuccessfully)
            {
                // Taken from the signal already: nobody else will ask.
                Ask(signalled.Result, cancellationToken);
            }
        }
    }

    private void Ask(LookRequest request, CancellationToken cancellationToken)
    {
        foreach (string server in request.Servers)
        {
            Run(ReembedAfterAsync(GuardAsync(token => ingestion.IngestWorkloadAsync(server, token), cancellationToken), cancellationToken));
        }
    }

    private void Run(Task task)
    {
        _running.RemoveWhere(running => running.IsCompleted);
        _running.Add(task);
    }

    private async Task<bool> GuardAsync(Func<CancellationToken, Task> look, CancellationToken cancellationToken)
    {
        try
        {
            await look(cancellationToken).WaitAsync(cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (OptimizerStoreException e) when (e.Failure == StoreFailure.Superseded)
        {
            // Another replica does it now.
            LogSuperseded(e.Message);
        }
        catch (OptimizerStoreException e)
        {
            status.StoreFailed(e.Message);
            Tell(e.Message);
        }
#pragma warning disable CA1031 // A loop that ends would stop noticing changes for ever; the next look starts afresh.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // A server that said something and is gone from its source meanwhile is no fault.
            if (e is not ArgumentException)
            {
                status.IngestionFailed(e.Message);
                LogFailed(e);
            }
        }

        return false;
    }

    // Once, and again when it is another.
    private void Tell(string fault)
    {
        if (Interlocked.Exchange(ref _lastFault, fault) != fault)
        {
            LogStoreFailed(fault);
        }
    }

    [LoggerMessage(EventId = 230, Level = LogLevel.Error, Message = "An ingestion failed; the next one starts afresh.")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(EventId = 232, Level = LogLevel.Warning, Message = "{Reason}")]
    private partial void LogSuperseded(string reason);

    [LoggerMessage(EventId = 231, Level = LogLevel.Error, Message = "What changed could not be stored and is withheld: {Reason}")]
    private partial void LogStoreFailed(string reason);
}
