using System.Text.Json;
using McpOptimizer.Core.Repositories.Store;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Services.Calls.Results;

/// <summary>
/// Lays kept results down where other replicas find them, and brings theirs. A call does not wait for it, and a store that is out of reach costs nothing but that
/// the result can be read only here.
/// </summary>
internal sealed partial class SharedResults : IDisposable
{
    private const string Prefix = "result/";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // A result that another replica kept a moment ago may still be on its way.
    private static readonly TimeSpan[] Looks = [TimeSpan.Zero, TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(400)];

    private readonly ResultStore _store;
    private readonly IStoreReplicas _replicas;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _places = new(4, 4);

    public SharedResults(ResultStore store, IStoreReplicas replicas, TimeProvider clock, ILogger<SharedResults> logger)
    {
        (_store, _replicas, _clock, _logger) = (store, replicas, clock, logger);
        if (replicas.Name is not null)
        {
            store.Kept += (_, result) => _ = KeepAsync(result);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _places.Dispose();

    /// <summary>Brings a result here that another replica kept.</summary>
    public async Task BringAsync(string handle, CancellationToken cancellationToken = default)
    {
        if (_replicas.Name is null || _store.Has(handle))
        {
            return;
        }

        try
        {
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            foreach (TimeSpan wait in Looks)
            {
                await Task.Delay(wait, _clock, limit.Token).ConfigureAwait(false);
                if (await _replicas.FindSharedAsync(Prefix + handle, limit.Token).ConfigureAwait(false) is { } found
                    && JsonSerializer.Deserialize(found, StoredResultJsonContext.Default.StoredResult) is { } result)
                {
                    _store.Take(result);
                    return;
                }
            }
        }
        catch (Exception e) when (e is OptimizerStoreException or JsonException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            LogNotBrought(e.Message);
        }
    }

    private async Task KeepAsync(StoredResult result)
    {
        if (!await _places.WaitAsync(Patience).ConfigureAwait(false))
        {
            return;
        }

        try
        {
            using CancellationTokenSource limit = new(Patience, _clock);
            byte[] text = JsonSerializer.SerializeToUtf8Bytes(result, StoredResultJsonContext.Default.StoredResult);
            await _replicas.ShareAsync(Prefix + result.Handle, text, result.Until - _clock.GetUtcNow(), limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OptimizerStoreException or OperationCanceledException)
        {
            LogNotKept(e.Message);
        }
        finally
        {
            _places.Release();
        }
    }

    [LoggerMessage(EventId = 380, Level = LogLevel.Warning, Message = "A cut result can be read on this replica only: {Reason}")]
    private partial void LogNotKept(string reason);

    [LoggerMessage(EventId = 381, Level = LogLevel.Warning, Message = "Results of other replicas cannot be read: {Reason}")]
    private partial void LogNotBrought(string reason);
}
