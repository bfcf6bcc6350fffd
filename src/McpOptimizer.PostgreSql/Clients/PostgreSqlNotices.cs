using System.Collections.Concurrent;
using System.Data;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace McpOptimizer.PostgreSql.Clients;

/// <summary>Hears what other processes tell: one connection that listens, made again whenever it breaks. What is missed meanwhile is found by the sequence.</summary>
internal sealed partial class PostgreSqlNotices(PostgreSqlConnections connections, PostgreSqlLease lease, PostgreSqlStoreOptions options, TimeProvider clock, ILogger<PostgreSqlNotices> logger)
    : IAsyncDisposable
{
    private static readonly TimeSpan WithoutNotices = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BetweenProbes = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _news = new(0);
    private readonly ConcurrentQueue<string?> _requests = new();
    private readonly Lock _gate = new();
    private Task? _loop;
    private string? _fault;
    private volatile bool _isListening;

    /// <summary>Raised with the key of what a process laid down for the others.</summary>
    public event Action<string>? Shared;

    /// <summary>Returns at the next notice, or when it is time to look without one.</summary>
    public async Task WaitAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_loop is null)
            {
                lease.Changed += (_, _) => Wake();
                _loop = RunAsync();
            }
        }

        await _news.WaitAsync(_isListening ? options.PollInterval : WithoutNotices, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes the requests for a look that came since; null stands for a look at all.</summary>
    public IReadOnlyList<string?> TakeRequests()
    {
        List<string?> taken = [];
        while (_requests.TryDequeue(out string? server))
        {
            taken.Add(server);
        }

        return taken;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_loop is not null)
        {
            await _loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                NpgsqlConnection connection = await connections.OpenAsync(_stop.Token).ConfigureAwait(false);
                await using (connection.ConfigureAwait(false))
                {
                    await ListenAsync(connection, _stop.Token).ConfigureAwait(false);
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // The process ends.
            }
#pragma warning disable CA1031 // Whatever broke it, the next connection is as good; meanwhile the poll finds changes.
            catch (Exception e)
#pragma warning restore CA1031
            {
                if (_fault != e.Message)
                {
                    _fault = e.Message;
                    LogBroken(e.Message);
                }
            }

            _isListening = false;
            await Task.Delay(WithoutNotices, clock, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task ListenAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        string store = await ScalarAsync(connection, "SELECT id FROM store_state", cancellationToken).ConfigureAwait(false) ?? "";
        connection.Notification += (_, notice) => Take(store, notice.Payload);
        await ScalarAsync(connection, "LISTEN " + PostgreSqlDatabase.Channel, cancellationToken).ConfigureAwait(false);
        _isListening = true;
        _fault = null;

        // Something may have changed before this connection listened.
        Wake();
        while (connection.State == ConnectionState.Open)
        {
            if (!await connection.WaitAsync(BetweenProbes, cancellationToken).ConfigureAwait(false))
            {
                // A connection that a firewall forgot is silent for ever.
                await ScalarAsync(connection, "SELECT ''", cancellationToken).WaitAsync(Patience, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void Take(string store, string payload)
    {
        string[] parts = payload.Split(':', 3);
        if (parts.Length < 2 || parts[1] != store)
        {
            return;
        }

        switch (parts[0])
        {
            case "a":
                _requests.Enqueue(parts.Length > 2 && parts[2].Length > 0 ? parts[2] : null);
                break;
            case "l":
                lease.LookNow();
                break;
            case "s":
                Shared?.Invoke(parts.Length > 2 ? parts[2] : "");
                return;
        }

        Wake();
    }

    private void Wake()
    {
        if (_news.CurrentCount == 0)
        {
            _news.Release();
        }
    }

    private static async Task<string?> ScalarAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        NpgsqlCommand command = connection.CreateCommand();
        await using (command.ConfigureAwait(false))
        {
#pragma warning disable CA2100 // Constants of this file.
            command.CommandText = sql;
#pragma warning restore CA2100
            return await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false) as string;
        }
    }

    [LoggerMessage(EventId = 271, Level = LogLevel.Warning, Message = "Notices of other replicas are not heard; it is looked every second until they are: {Reason}")]
    private partial void LogBroken(string reason);
}
