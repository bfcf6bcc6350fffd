using McpOptimizer.Core.Models;
using McpOptimizer.Core.Repositories.Sources;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>
/// Looks at registry and workloads again and again. What is stored is searchable before the host answers its first request;
/// a store that cannot be used stops the host with a sentence.
/// </summary>
internal sealed partial class PollingService(
    IngestionService ingestion,
    IEnumerable<IWorkloadSource> sources,
    PollingSignal signal,
    IOptions<McpOptimizerOptions> options,
    TimeProvider clock,
    ILogger<PollingService> logger) : BackgroundService
{
    private readonly TaskCompletionSource _registryLooked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ingestion.LoadAsync(cancellationToken).ConfigureAwait(false);
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
        // Registry first, so that a first start links; but an absent registry does not hold up the workloads.
        await Task.WhenAny(_registryLooked.Task, Task.Delay(options.Value.Ingestion.RegistryHeadStart, clock, cancellationToken)).ConfigureAwait(false);
        TimeSpan interval = options.Value.Ingestion.WorkloadPollingInterval;
        await GuardAsync(ingestion.IngestWorkloadsAsync, cancellationToken).ConfigureAwait(false);
        await GuardAsync(ReembedAsync, cancellationToken).ConfigureAwait(false);
        while (true)
        {
            IReadOnlyCollection<string>? changed = await WaitAsync(interval, cancellationToken).ConfigureAwait(false);
            if (changed is null)
            {
                await GuardAsync(ingestion.IngestWorkloadsAsync, cancellationToken).ConfigureAwait(false);
                continue;
            }

            // Side by side: a server that hangs does not hold up the others.
            await Parallel.ForEachAsync(
                changed,
                cancellationToken,
                async (server, token) => await GuardAsync(stop => ingestion.IngestWorkloadAsync(server, stop), token).ConfigureAwait(false)).ConfigureAwait(false);
        }
    }

    private async Task<IngestionReport> ReembedAsync(CancellationToken cancellationToken) =>
        new() { Embedded = await ingestion.ReembedStaleAsync(cancellationToken).ConfigureAwait(false) };

    // Null: look at everything. Otherwise: the servers that said that their tools changed.
    private async Task<IReadOnlyCollection<string>?> WaitAsync(TimeSpan interval, CancellationToken cancellationToken)
    {
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        List<IDisposable> watches = [];
        TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            foreach (IChangeToken token in sources.Select(source => source.Watch()).OfType<IChangeToken>())
            {
                watches.Add(token.RegisterChangeCallback(static state => ((TaskCompletionSource)state!).TrySetResult(), changed));
            }

            Task timer = Task.Delay(interval == TimeSpan.Zero ? Timeout.InfiniteTimeSpan : interval, clock, enough.Token);
            Task<IReadOnlyCollection<string>?> signalled = signal.WaitAsync(enough.Token);
            Task first = await Task.WhenAny(timer, changed.Task, signalled).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            return first == signalled ? await signalled.ConfigureAwait(false) : null;
        }
        finally
        {
            await enough.CancelAsync().ConfigureAwait(false);
            watches.ForEach(watch => watch.Dispose());
        }
    }

    private async Task GuardAsync(Func<CancellationToken, Task<IngestionReport>> look, CancellationToken cancellationToken)
    {
        try
        {
            await look(cancellationToken).ConfigureAwait(false);
        }
#pragma warning disable CA1031 // A loop that ends would stop noticing changes for ever; the next look starts afresh.
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            // A server that said something and is gone from its source meanwhile is no fault.
            if (e is ArgumentException)
            {
                return;
            }

            LogFailed(e);
        }
    }

    [LoggerMessage(EventId = 230, Level = LogLevel.Error, Message = "An ingestion failed; the next one starts afresh.")]
    private partial void LogFailed(Exception exception);
}
