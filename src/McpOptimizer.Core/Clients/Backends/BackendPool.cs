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
    private readonly BackendSettings _settings;
    private readonly BackendTransportFactory _transports;
    private readonly TimeProvider _clock;
    private readonly ILoggerFactory _loggerFactory;
    private readonly ITimer _sweeper;
    private readonly ILogger _logger;
    private int _sessions;
    private int _waiters;
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
    public async Task ReserveAsync(string server, BackendLink link, CancellationToken cancellationToken)
    {
        // Before the look: whoever sets a session free after it sees that somebody waits.
        Interlocked.Increment(ref _waiters);
        try
        {
            await WaitForPlaceAsync(server, link, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _waiters);
        }
    }

    private async Task WaitForPlaceAsync(string server, BackendLink link, CancellationToken cancellationToken)
    {
        TimeSpan patience = _settings.ConnectTimeout < LongestWait ? _settings.ConnectTimeout : LongestWait;
        long started = _clock.GetTimestamp();
        while (true)
        {
            TaskCompletionSource turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            lock (_gate)
            {
                if (TryReserve(link))
                {
                    return;
                }

                _waiting.Enqueue(turn);
            }

            try
            {
                TimeSpan left = patience - _clock.GetElapsedTime(started);
                await turn.Task.WaitAsync(left > TimeSpan.Zero ? left : TimeSpan.Zero, _clock, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is TimeoutException or OperationCanceledException)
            {
                if (!turn.TrySetCanceled(CancellationToken.None))
                {
                    // The turn came too late for this one.
                    Freed();
                }

                cancellationToken.ThrowIfCancellationRequested();
                throw new BackendException(
                    server, BackendFailure.Busy, $"Server '{server}' cannot be connected to: {_settings.MaxSessions} sessions are in use, as many as Backends.MaxSessions allows. Try again shortly.");
            }
        }
    }

    /// <summary>Gives the place of one session back.</summary>
    public void Release()
    {
        Interlocked.Decrement(ref _sessions);
        Freed();
    }

    /// <summary>A session was given back, or is not used just now: whoever waits longest may look again.</summary>
    public void Freed()
    {
        if (Volatile.Read(ref _waiters) == 0)
        {
            return;
        }

        lock (_gate)
        {
            while (_waiting.TryDequeue(out TaskCompletionSource? next) && !next.TrySetResult())
            {
                // That one has given up.
            }
        }
    }

    private bool TryReserve(BackendLink link)
    {
        if (_sessions >= _settings.MaxSessions)
        {
            BackendConnection? idle = _connections.Values.Where(other => other.Link != link && other.Idle is not null).MaxBy(other => other.Idle);
            if (idle?.CloseIdle() != true)
            {
                return false;
            }
        }

        Interlocked.Increment(ref _sessions);
        return true;
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
            }
        }
    }

    [LoggerMessage(EventId = 3004, Level = LogLevel.Information, Message = "{Server} is not wanted any more; its session is closed.")]
    private partial void LogRetired(string server);
}
