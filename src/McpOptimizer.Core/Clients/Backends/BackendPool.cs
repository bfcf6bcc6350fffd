using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>One connection for each backend (and for each caller, where their credentials are passed on), kept while it is wanted.</summary>
internal sealed partial class BackendPool : IAsyncDisposable
{
    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(15);

    // For a place among the sessions; a caller waits that long before he is told to come again.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, BackendConnection> _connections = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CallerSecrets> _secrets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Channel<BackendChange>, byte> _watchers = new();
    private readonly ConcurrentDictionary<Task, byte> _retiring = new();
    private readonly Lock _gate = new();
    private readonly Queue<TaskCompletionSource> _waiting = [];

    // Connections whose session nothing uses, the one unused for longest first. One that is used again stays in it until it is looked at.
    private readonly LinkedList<BackendConnection> _idle = [];
    private readonly BackendSettings _settings;
    private readonly BackendTransportFactory _transports;
    private readonly TimeProvider _clock;
    private readonly ILoggerFactory _loggerFactory;
    private readonly ITimer _sweeper;
    private readonly ILogger _logger;
    private int _sessions;
    private bool _disposed;

    /// <summary>Creates an empty pool.</summary>
    public BackendPool(IOptions<McpOptimizerOptions> options, BackendTransportFactory transports, TimeProvider clock, ILoggerFactory loggerFactory)
    {
        _settings = options.Value.Backends;
        _transports = transports;
        _clock = clock;
        _loggerFactory = loggerFactory;
        _logger = loggerFactory.CreateLogger<BackendPool>();
        _sweeper = clock.CreateTimer(_ => Sweep(), null, SweepInterval, SweepInterval);
    }

    /// <summary>Sessions open or coming up.</summary>
    public int Sessions => Volatile.Read(ref _sessions);

    /// <summary>How all connections stand, by server name.</summary>
    public IReadOnlyList<BackendStatus> Status =>
        [.. _connections.Values.Where(connection => !connection.IsPersonal).Select(connection => connection.Status).OrderBy(status => status.ServerName, StringComparer.Ordinal)];

    /// <summary>How the connection to one server stands; null when there is none.</summary>
    public BackendStatus? StatusOf(string serverName)
    {
        foreach ((_, BackendConnection connection) in _connections)
        {
            if (!connection.IsPersonal && connection.Endpoint.ServerName == serverName)
            {
                return connection.Status;
            }
        }

        return null;
    }

    /// <summary>The connection to use for an endpoint and caller.</summary>
    public BackendConnection Get(BackendEndpoint endpoint, CallContext context)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        string? authorization = (endpoint.ForwardCallerCredentials ? context.Authorization : null) ?? (endpoint.ForwardOptimizerToken ? context.HostAuthorization : null);
        string key = authorization is null ? BackendKey.Of(endpoint) : BackendKey.Of(endpoint, authorization);
        return _connections.GetOrAdd(key, static (_, made) => made(), () => new BackendConnection(endpoint, authorization, SecretsOf(endpoint, authorization), this, _settings, _transports, _clock, _loggerFactory));
    }

    /// <summary>Closes, in the background, what no endpoint of the list needs.</summary>
    public void Retain(IEnumerable<BackendEndpoint> endpoints)
    {
        HashSet<string> wanted = [.. endpoints.Select(BackendKey.Of)];
        foreach ((string key, BackendConnection connection) in _connections)
        {
            if (!wanted.Contains(BackendKey.Of(connection.Endpoint)) && _connections.TryRemove(key, out _))
            {
                _secrets.TryRemove(BackendKey.Of(connection.Endpoint), out _);
                LogRetired(connection.Endpoint.ServerName);
                Task retiring = Task.Run(connection.RetireAsync);
                _retiring[retiring] = 0;
                _ = retiring.ContinueWith(done => _retiring.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }
        }
    }

    /// <summary>Changes that backends tell of, from now on. A slow reader gets each kind of change once.</summary>
    public async IAsyncEnumerable<BackendChange> WatchAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Channel<BackendChange> channel = Channel.CreateBounded<BackendChange>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest });
        _watchers[channel] = 0;
        try
        {
            await foreach (BackendChange change in channel.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return change;
            }
        }
        finally
        {
            _watchers.TryRemove(channel, out _);
        }
    }

    /// <summary>Tells the watchers.</summary>
    public void Publish(BackendEndpoint endpoint, BackendChangeKind kind)
    {
        foreach (Channel<BackendChange> watcher in _watchers.Keys)
        {
            watcher.Writer.TryWrite(new BackendChange(endpoint, kind));
        }
    }

    /// <summary>
    /// Takes the place of one session, if need be from the session that was unused for longest. While all are in use, the next that is not gives its place to
    /// who waits longest: more servers than sessions are listed one after the other.
    /// </summary>
    /// <exception cref="BackendException">All were in use for too long.</exception>
    public async Task ReserveAsync(string server, CancellationToken cancellationToken)
    {
        TimeSpan patience = _settings.ConnectTimeout < LongestWait ? _settings.ConnectTimeout : LongestWait;
        try
        {
            await WaitAsync(TryReserve, patience, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new BackendException(
                server, BackendFailure.Busy, $"Server '{server}' cannot be connected to: {_settings.MaxSessions} sessions are in use, as many as Backends.MaxSessions allows. Try again shortly.");
        }
    }

    /// <summary>Waits, for as long as it takes, until a session of an endpoint is open or another may be opened. Nothing is taken: who asks next may have to wait again, but not for long.</summary>
    public Task WaitForRoomAsync(BackendEndpoint endpoint, CancellationToken cancellationToken) =>
        Volatile.Read(ref _sessions) < _settings.MaxSessions || (_connections.TryGetValue(BackendKey.Of(endpoint), out BackendConnection? connection) && connection.Link.Session is { IsUsable: true })
            ? Task.CompletedTask
            : WaitAsync(HasRoom, Timeout.InfiniteTimeSpan, cancellationToken);

    /// <summary>Gives the place of one session back.</summary>
    public void Release()
    {
        Interlocked.Decrement(ref _sessions);
        Wake();
    }

    /// <summary>A connection is not used just now: whoever waits longest may look again.</summary>
    public void Freed(BackendConnection connection)
    {
        lock (_gate)
        {
            Remove(connection);
            if (connection.Idle is not null)
            {
                _idle.AddLast(connection.Place);
            }

            Wake();
        }
    }

    /// <summary>A connection is closed for good.</summary>
    public void Forget(BackendConnection connection)
    {
        lock (_gate)
        {
            Remove(connection);
        }
    }

    private void Remove(BackendConnection connection)
    {
        if (connection.Place.List is not null)
        {
            _idle.Remove(connection.Place);
        }
    }

    // The look and the queueing are one step: whoever sets a session free after it sees that somebody waits.
    private async Task WaitAsync(Func<bool> look, TimeSpan patience, CancellationToken cancellationToken)
    {
        long started = _clock.GetTimestamp();
        while (true)
        {
            TaskCompletionSource turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate)
            {
                if (look())
                {
                    return;
                }

                _waiting.Enqueue(turn);
            }

            try
            {
                TimeSpan left = patience == Timeout.InfiniteTimeSpan ? patience : patience - _clock.GetElapsedTime(started);
                await turn.Task.WaitAsync(left == Timeout.InfiniteTimeSpan || left > TimeSpan.Zero ? left : TimeSpan.Zero, _clock, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is TimeoutException or OperationCanceledException)
            {
                if (!turn.TrySetCanceled(CancellationToken.None))
                {
                    // The turn came too late for this one.
                    Wake();
                }

                cancellationToken.ThrowIfCancellationRequested();
                throw;
            }
        }
    }

    private void Wake()
    {
        lock (_gate)
        {
            while (_waiting.TryDequeue(out TaskCompletionSource? next) && !next.TrySetResult())
            {
                // That one has given up.
            }
        }
    }

    private bool HasRoom()
    {
        while (_idle.First is { } first && first.Value.Idle is null)
        {
            // It comes back when its operation ends.
            _idle.RemoveFirst();
        }

        return _sessions < _settings.MaxSessions || _idle.Count > 0;
    }

    private bool TryReserve()
    {
        if (_sessions >= _settings.MaxSessions && !CloseLongestIdle())
        {
            return false;
        }

        Interlocked.Increment(ref _sessions);
        return true;
    }

    private bool CloseLongestIdle()
    {
        while (_idle.First is { } first)
        {
            _idle.RemoveFirst();
            if (first.Value.CloseIdle())
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _disposed = true;
        await _sweeper.DisposeAsync().ConfigureAwait(false);
        await Task.WhenAll(_connections.Values.Select(connection => connection.DisposeAsync().AsTask()).Concat(_retiring.Keys)).ConfigureAwait(false);
        foreach (Channel<BackendChange> watcher in _watchers.Keys)
        {
            watcher.Writer.TryComplete();
        }
    }

    // Only where callers' own credentials go there.
    private CallerSecrets? SecretsOf(BackendEndpoint endpoint, string? authorization)
    {
        if (!endpoint.ForwardCallerCredentials && !endpoint.ForwardOptimizerToken)
        {
            return null;
        }

        CallerSecrets secrets = _secrets.GetOrAdd(BackendKey.Of(endpoint), static _ => new CallerSecrets());
        if (authorization is not null)
        {
            secrets.Add(authorization);
        }

        return secrets;
    }

    private void Sweep()
    {
        foreach ((string key, BackendConnection connection) in _connections)
        {
            TimeSpan? limit = connection.IsPersonal ? _settings.CallerIdleTimeout : _settings.IdleTimeout;
            if (connection.Idle > limit)
            {
                connection.CloseIdle();
            }

            if (connection.IsPersonal && connection.IsEmpty)
            {
                _connections.TryRemove(key, out _);
                Forget(connection);
            }
        }
    }

    [LoggerMessage(EventId = 3004, Level = LogLevel.Information, Message = "{Server} is not wanted any more; its session is closed.")]
    private partial void LogRetired(string server);
}
