using System.Data.Common;
using McpOptimizer.Core.Clients.Database;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpOptimizer.PostgreSql.Clients;

/// <summary>
/// The right to take servers in: a row with a holder, a deadline on the database's clock, and a number that counts each change of hands. What a holder writes is
/// checked against it inside the same transaction, so that one who was stopped and wakes up later writes nothing.
/// </summary>
internal sealed partial class PostgreSqlLease(
    PostgreSqlConnections connections, PostgreSqlStoreOptions options, IOptions<McpOptimizerOptions> settings, TimeProvider clock, ILogger<PostgreSqlLease> logger) : IAsyncDisposable
{
    private const string Name = "ingestion";
    private const int RenewalsInALease = 3;
    private const int TriesInALease = 6;

    private readonly StoreSettings _store = settings.Value.Store;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _early = new(0);
    private readonly Lock _gate = new();
    private Task? _first;
    private Task? _loop;
    private Held? _held;

    /// <summary>Raised when this process gets the right or loses it.</summary>
    public event EventHandler? Changed;

    /// <summary>Who holds it, as far as is known; null when nobody does.</summary>
    public string? Holder { get; private set; }

    private bool IsHeld => _held is { } held && clock.GetElapsedTime(held.Since) < options.LeaseDuration;

    /// <summary>Whether this process holds it now. The first question applies for it; from then on it is renewed, or applied for again, until the end.</summary>
    public async ValueTask<bool> IsHeldAsync(CancellationToken cancellationToken)
    {
        if (_store.ReadOnly)
        {
            // Whatever it writes is rolled back.
            return true;
        }

        Task first;
        lock (_gate)
        {
            if (_first is null)
            {
                _first = ApplyAsync(_stop.Token);
                _loop = RunAsync(_first);
            }

            first = _first;
        }

        if (!first.IsCompleted)
        {
            await first.WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        return IsHeld;
    }

    /// <summary>Applies before its time: the holder may have let go.</summary>
    public void LookNow()
    {
        if (_early.CurrentCount == 0)
        {
            _early.Release();
        }
    }

    /// <summary>Makes sure, inside a transaction, that this process holds it.</summary>
    /// <param name="transaction">The transaction that writes.</param>
    /// <param name="isLast">Whether the commit follows: then it cannot change hands before that.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OptimizerStoreException">It does not (<see cref="StoreFailure.Superseded"/>).</exception>
    public async Task CheckAsync(DbTransaction transaction, bool isLast, CancellationToken cancellationToken)
    {
        long fence = _held?.Fence ?? -1;
        List<string> valid = await transaction.Command(
            $"SELECT holder_name FROM store_leases WHERE name = '{Name}' AND holder = @holder AND fence = @fence AND until > clock_timestamp(){(isLast ? " FOR SHARE" : "")}",
            ("@holder", connections.Id),
            ("@fence", fence)).ReadAllAsync(row => row.GetString(0), cancellationToken).ConfigureAwait(false);
        if (valid.Count == 0)
        {
            Lose();
            throw new OptimizerStoreException(
                StoreFailure.Superseded,
                $"This replica, {options.ReplicaName}, does not take servers in{(Holder is { } holder && holder != options.ReplicaName ? $"; {holder} does" : " now")}. Nothing was written.");
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_loop is not null)
        {
            await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await ReleaseAsync().ConfigureAwait(false);
        _early.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync(Task first)
    {
        await first.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await _early.WaitAsync(options.LeaseDuration / (IsHeld ? RenewalsInALease : TriesInALease), _stop.Token).ConfigureAwait(false);
                await ApplyAsync(_stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // The process ends.
            }
        }
    }

    // Takes it when it is free, renews it when it is ours; in one statement, by the clock of the database.
    private async Task ApplyAsync(CancellationToken cancellationToken)
    {
        // Read before the question: the answer is at least as old.
        long asked = clock.GetTimestamp();
        try
        {
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(options.LeaseDuration);
            List<(bool IsOurs, long Fence, string Holder, bool IsValid)> answer = await connections.QueryAsync(
                $"""
                WITH taken AS (
                    INSERT INTO store_leases AS l (name, holder, holder_name, fence, until) VALUES ('{Name}', @holder, @name, 1, clock_timestamp() + @duration)
                    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, holder_name = excluded.holder_name, until = excluded.until,
                        fence = l.fence + CASE WHEN l.holder = excluded.holder THEN 0 ELSE 1 END
                    WHERE l.holder = excluded.holder OR l.until <= clock_timestamp()
                    RETURNING fence)
                SELECT true, fence, @name, true FROM taken
                UNION ALL
                SELECT false, fence, holder_name, until > clock_timestamp() FROM store_leases WHERE name = '{Name}' AND NOT EXISTS (SELECT 1 FROM taken)
                """,
                [("@holder", connections.Id), ("@name", options.ReplicaName), ("@duration", options.LeaseDuration)],
                row => (row.GetBoolean(0), row.GetInt64(1), row.GetString(2), row.GetBoolean(3)),
                limit.Token).ConfigureAwait(false);
            if (answer is [{ IsOurs: true } ours])
            {
                Holder = options.ReplicaName;
                bool isNew = !IsHeld;
                _held = new Held(ours.Fence, asked);
                if (isNew)
                {
                    Changed?.Invoke(this, EventArgs.Empty);
                }
            }
            else
            {
                Holder = answer.FirstOrDefault().IsValid ? answer[0].Holder : null;
                Lose();
            }
        }
        catch (Exception e) when (e is OptimizerStoreException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // What is held runs out by itself; the store says elsewhere that it is out of reach.
            LogNotRenewed(e.Message);
        }
    }

    private void Lose()
    {
        if (_held is not null)
        {
            _held = null;
            Changed?.Invoke(this, EventArgs.Empty);
        }
    }

    // So that the others need not wait for the deadline.
    private async Task ReleaseAsync()
    {
        if (_held is null)
        {
            return;
        }

        try
        {
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(2), clock);
            await connections.QueryAsync(
                $"""
                WITH let AS (UPDATE store_leases SET until = clock_timestamp() WHERE name = '{Name}' AND holder = @holder RETURNING name)
                SELECT pg_notify('{PostgreSqlDatabase.Channel}', 'l:' || id) FROM store_state, let
                """,
                [("@holder", connections.Id)],
                _ => true,
                limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OptimizerStoreException or OperationCanceledException)
        {
            LogNotRenewed(e.Message);
        }
    }

    [LoggerMessage(EventId = 270, Level = LogLevel.Debug, Message = "The right to take servers in could not be applied for: {Reason}")]
    private partial void LogNotRenewed(string reason);

    private sealed record Held(long Fence, long Since);
}
