using System.Collections.Concurrent;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>
/// All operations on one backend go through here: one session whatever the number of callers, opened when first needed,
/// opened anew when lost; limits, time, retries where they are safe, and a break after repeated failures.
/// </summary>
internal sealed partial class BackendConnection : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<Task, byte> _closings = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly SemaphoreSlim _slots;
    private readonly CircuitBreaker _breaker;
    private readonly BackendPool _pool;
    private readonly BackendSettings _settings;
    private readonly BackendTransportFactory _transports;
    private readonly TimeProvider _clock;
    private readonly ILoggerFactory _loggerFactory;
    private readonly ILogger _logger;
    private readonly string? _authorization;
    private BackendSession? _session;
    private Task<BackendSession>? _connecting;
    private bool _connectedBefore;
    private bool _closed;
    private int _operations;
    private long _lastUsed;
    private string? _lastError;

    /// <summary>Creates the connection; nothing is opened yet.</summary>
    public BackendConnection(
        BackendEndpoint endpoint, string? authorization, BackendPool pool, BackendSettings settings, BackendTransportFactory transports, TimeProvider clock, ILoggerFactory loggerFactory)
    {
        Endpoint = endpoint;
        _authorization = authorization;
        _pool = pool;
        _settings = settings;
        _transports = transports;
        _clock = clock;
        _loggerFactory = loggerFactory;
        _logger = loggerFactory.CreateLogger<BackendConnection>();
        _slots = new SemaphoreSlim(settings.MaxConcurrentCalls);
        _breaker = new CircuitBreaker(settings, clock);
        _lastUsed = clock.GetTimestamp();
    }

    /// <summary>The backend.</summary>
    public BackendEndpoint Endpoint { get; }

    /// <summary>Whether the session is one caller's own.</summary>
    public bool IsPersonal => _authorization is not null;

    /// <summary>For how long nothing has used it; null while something does or when no session is open.</summary>
    public TimeSpan? Idle
    {
        get
        {
            lock (_gate)
            {
                return _operations == 0 && _session is not null ? _clock.GetElapsedTime(_lastUsed) : null;
            }
        }
    }

    /// <summary>Whether nothing is open, under way or coming up.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
            {
                return _operations == 0 && _session is null && _connecting is null;
            }
        }
    }

    /// <summary>How the connection stands.</summary>
    public BackendStatus Status
    {
        get
        {
            lock (_gate)
            {
                DateTimeOffset? until = _breaker.OpenUntil;
                return new BackendStatus
                {
                    ServerName = Endpoint.ServerName,
                    State = until is not null ? BackendState.Broken
                        : _session is { IsUsable: true } ? BackendState.Connected
                        : _connecting is not null ? BackendState.Connecting
                        : BackendState.Idle,
                    Operations = _operations,
                    ProcessId = _session?.ProcessId,
                    ProtocolVersion = _session?.ProtocolVersion,
                    LastError = _lastError,
                    TriedAgainAt = until,
                };
            }
        }
    }

    /// <summary>Runs one operation.</summary>
    /// <param name="operation">What to do with the session. May be run several times when it is safe to.</param>
    /// <param name="context">Who waits.</param>
    /// <param name="repeatable">Whether it may be sent again although the backend may have acted on it.</param>
    /// <param name="allowed">Time it may take; null for the setting.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="BackendException">It failed.</exception>
    public async Task<T> RunAsync<T>(
        Func<BackendSession, BackendRequest, Task<T>> operation, CallContext context, bool repeatable, TimeSpan? allowed, CancellationToken cancellationToken)
    {
        TimeSpan time = allowed ?? _settings.CallTimeout;
        using OperationClock clock = new(time, _clock, cancellationToken);
        if (!_breaker.TryEnter(out bool probe, out TimeSpan wait))
        {
            throw Broken(wait);
        }

        bool settled = false;
        Begin();
        try
        {
            await WaitForSlotAsync(clock, cancellationToken).ConfigureAwait(false);
            try
            {
                for (int attempt = 0; ; attempt++)
                {
                    BackendRequest request = new(context, clock);
                    (T? result, BackendFault? fault, BackendSession? session, long start) = await TryOnceAsync(operation, request, time, cancellationToken).ConfigureAwait(false);
                    if (fault is null)
                    {
                        settled = true;
                        _breaker.Succeed();
                        _lastError = null;
                        return result!;
                    }

                    if (session is not null && fault.SessionLost)
                    {
                        Drop(session, atOnce: false);
                    }

                    bool again = attempt < _settings.RetryAttempts && !clock.Token.IsCancellationRequested && (fault.NotSent ? fault.IsPassing : repeatable && fault.IsPassing);
                    if (again)
                    {
                        LogRetry(Endpoint.ServerName, attempt + 1, fault.Message);
                        again = await PauseAsync(attempt, fault, clock, cancellationToken).ConfigureAwait(false);
                    }

                    if (!again)
                    {
                        settled = true;
                        Settle(fault, session, probe, start);
                        throw fault.ToException(Endpoint.ServerName);
                    }
                }
            }
            finally
            {
                _slots.Release();
            }
        }
        finally
        {
            if (!settled)
            {
                _breaker.Leave(probe);
            }

            End();
        }
    }

    /// <summary>Closes the session if nothing uses it.</summary>
    public bool CloseIdle()
    {
        BackendSession? session;
        lock (_gate)
        {
            session = _operations == 0 ? _session : null;
        }

        if (session is null)
        {
            return false;
        }

        Drop(session, atOnce: true);
        return true;
    }

    /// <summary>Lets what is under way end, then closes. Nothing new is started.</summary>
    public async Task RetireAsync()
    {
        lock (_gate)
        {
            _closed = true;
        }

        long start = _clock.GetTimestamp();
        while (Volatile.Read(ref _operations) > 0 && _clock.GetElapsedTime(start) < _settings.CallTimeout)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), _clock).ConfigureAwait(false);
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        BackendSession? session;
        Task<BackendSession>? connecting;
        lock (_gate)
        {
            _closed = true;
            session = _session;
            connecting = _connecting;
        }

        await _closing.CancelAsync().ConfigureAwait(false);
        if (connecting is not null)
        {
            session ??= await connecting.ContinueWith(
                task => task.IsCompletedSuccessfully ? task.Result : null, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).ConfigureAwait(false);
        }

        if (session is not null)
        {
            Drop(session, atOnce: true);
        }

        await Task.WhenAll(_closings.Keys).ConfigureAwait(false);
    }

    private async Task<(T? Result, BackendFault? Fault, BackendSession? Session, long Start)> TryOnceAsync<T>(
        Func<BackendSession, BackendRequest, Task<T>> operation, BackendRequest request, TimeSpan time, CancellationToken cancellationToken)
    {
        BackendSession? session = null;
        long start = _clock.GetTimestamp();
        try
        {
            session = await GetSessionAsync(request.Clock.Token).ConfigureAwait(false);
            start = _clock.GetTimestamp();
            return (await operation(session, request).ConfigureAwait(false), null, session, start);
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (request.Clock.IsTimeUp)
            {
                return (default, BackendFaults.TimedOut(Endpoint, time, session is not null) with { Cause = e is BackendException ? null : e }, session, start);
            }

            BackendFault fault = BackendFaults.Explain(e, Endpoint, _settings, request, _authorization);
            return (default, fault with { NotSent = !request.MayHaveArrived }, session, start);
        }
    }

    private void Settle(BackendFault fault, BackendSession? session, bool probe, long start)
    {
        _lastError = fault.Message;
        if (fault.ShowsLife)
        {
            _breaker.Succeed();
        }
        else if (fault.Failure == BackendFailure.TimedOut && session is not null)
        {
            // A tool that takes its time says nothing about the server: ask whether it still answers.
            _ = CheckAsync(session, probe, start);
        }
        else if (fault.IsPassing && (session is not null || probe))
        {
            CountFailure(probe);
        }
        else
        {
            // Connecting counts its own failures once, however many operations waited for it.
            _breaker.Leave(probe);
        }
    }

    private async Task CheckAsync(BackendSession session, bool probe, long start)
    {
        if (await session.IsAnsweringAsync(start).ConfigureAwait(false))
        {
            _breaker.Leave(probe);
            return;
        }

        CountFailure(probe);
        Drop(session, atOnce: true);
    }

    private void CountFailure(bool probe)
    {
        if (_breaker.Fail(probe))
        {
            LogBroken(Endpoint.ServerName, _breaker.OpenUntil ?? _clock.GetUtcNow(), _lastError ?? "");
        }
    }

    private async Task<bool> PauseAsync(int attempt, BackendFault fault, OperationClock clock, CancellationToken cancellationToken)
    {
        TimeSpan delay = attempt == 0 && fault is { NotSent: true, SessionLost: true }
            ? TimeSpan.Zero
            : _settings.RetryDelay * Math.Pow(2, attempt) * (1 - (Random.Shared.NextDouble() / 2));
        delay = fault.RetryAfter > delay ? fault.RetryAfter.Value : delay;
        try
        {
            await Task.Delay(delay, _clock, clock.Token).ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    private async Task WaitForSlotAsync(OperationClock clock, CancellationToken cancellationToken)
    {
        try
        {
            await _slots.WaitAsync(clock.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new BackendException(
                Endpoint.ServerName,
                BackendFailure.Busy,
                $"Server '{Endpoint.ServerName}' is busy: {_settings.MaxConcurrentCalls} operations are under way, as many as Backends.MaxConcurrentCalls allows. Nothing was sent to it; try again shortly.");
        }
    }

    private async Task<BackendSession> GetSessionAsync(CancellationToken cancellationToken)
    {
        Task<BackendSession> connecting;
        BackendSession? dead = null;
        lock (_gate)
        {
            ThrowIfClosed();
            if (_session is { IsUsable: true } usable)
            {
                return usable;
            }

            dead = _session;
            if (_connecting is null)
            {
                // Not in the caller's flow: the session outlives the call, its trace and its credentials.
                using AsyncFlowControl flow = ExecutionContext.SuppressFlow();
                _connecting = Task.Run(ConnectAsync);
            }

            connecting = _connecting;
        }

        if (dead is not null)
        {
            Drop(dead, atOnce: false);
        }

        return await connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task<BackendSession> ConnectAsync()
    {
        BackendTransport? transport = null;
        bool reserved = false;
        using CancellationTokenSource timeout = new(_settings.ConnectTimeout, _clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, _closing.Token);
        try
        {
            _pool.Reserve(this);
            reserved = true;
            transport = _transports.Create(Endpoint, _authorization);
            BackendSession session = await BackendSession.ConnectAsync(
                Endpoint, transport, _settings, kind => _pool.Publish(Endpoint, kind), _clock, _loggerFactory, either.Token).ConfigureAwait(false);
            Adopt(session);
            return session;
        }
        catch (Exception e)
        {
            if (transport is not null)
            {
                await transport.DisposeAsync().ConfigureAwait(false);
            }

            BackendException failure = ConnectFailure(e, transport, timeout.IsCancellationRequested);
            if (reserved)
            {
                _pool.Release();
            }

            _lastError = failure.Message;
            if (failure.Failure is BackendFailure.Unreachable or BackendFailure.TimedOut or BackendFailure.ConnectionLost or BackendFailure.Unknown && !_closing.IsCancellationRequested)
            {
                CountFailure(probe: false);
            }

            lock (_gate)
            {
                _connecting = null;
            }

            throw failure;
        }
    }

    private void Adopt(BackendSession session)
    {
        bool again;
        lock (_gate)
        {
            again = _connectedBefore;
            _connectedBefore = true;
            _session = session;
            _connecting = null;
        }

        LogConnected(Endpoint.ServerName, session.ProtocolVersion ?? "?");
        _ = session.Completion.ContinueWith(
            _ => Drop(session, atOnce: false), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        if (again)
        {
            // It may be another version of the server.
            _pool.Publish(Endpoint, BackendChangeKind.Tools);
        }
    }

    private BackendException ConnectFailure(Exception e, BackendTransport? transport, bool timedOut)
    {
        if (e is BackendException known)
        {
            return known;
        }

        string server = $"Server '{Endpoint.ServerName}'";
        if (timedOut)
        {
            return new BackendException(
                Endpoint.ServerName, BackendFailure.TimedOut, $"{server} could not be connected to within {_settings.ConnectTimeout.TotalSeconds:0.#} s (Backends.ConnectTimeout){transport?.Stdio?.Epitaph}.", e);
        }

        if (transport?.Stdio is { } stdio && e is IOException or BackendNotSentException)
        {
            return new BackendException(Endpoint.ServerName, BackendFailure.Unreachable, $"{server} did not start: its program ended{stdio.Epitaph}.", e);
        }

        BackendFault fault = BackendFaults.Explain(e, Endpoint, _settings, null, _authorization);
        return (fault.Failure == BackendFailure.ConnectionLost ? fault with { Failure = BackendFailure.Unreachable } : fault).ToException(Endpoint.ServerName);
    }

    private void Drop(BackendSession session, bool atOnce)
    {
        lock (_gate)
        {
            if (_session != session)
            {
                return;
            }

            _session = null;
        }

        Task closing = Task.Run(async () =>
        {
            await (atOnce ? session.DisposeAsync().AsTask() : session.RetireAsync()).ConfigureAwait(false);
            _pool.Release();
            LogClosed(Endpoint.ServerName);
        });
        _closings[closing] = 0;
        _ = closing.ContinueWith(done => _closings.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private void Begin()
    {
        lock (_gate)
        {
            _operations++;
        }
    }

    private void End()
    {
        lock (_gate)
        {
            _operations--;
            _lastUsed = _clock.GetTimestamp();
        }
    }

    private void ThrowIfClosed()
    {
        if (_closed)
        {
            throw new BackendException(Endpoint.ServerName, BackendFailure.ConnectionLost, $"Server '{Endpoint.ServerName}' was removed or replaced.");
        }
    }

    private BackendException Broken(TimeSpan wait) => new(
        Endpoint.ServerName,
        BackendFailure.CircuitOpen,
        $"Server '{Endpoint.ServerName}' failed repeatedly and is left alone; it is tried again in {Math.Max(1, Math.Ceiling(wait.TotalSeconds)):0} s. Last failure: {_lastError}")
    {
        RetryAfter = wait,
    };

    [LoggerMessage(EventId = 3000, Level = LogLevel.Information, Message = "Connected to {Server} (protocol {Version}).")]
    private partial void LogConnected(string server, string version);

    [LoggerMessage(EventId = 3001, Level = LogLevel.Information, Message = "The session with {Server} is closed.")]
    private partial void LogClosed(string server);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Debug, Message = "{Server}: attempt {Attempt} failed and is repeated: {Reason}")]
    private partial void LogRetry(string server, int attempt, string reason);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Warning, Message = "{Server} is left alone until {Until}: {Reason}")]
    private partial void LogBroken(string server, DateTimeOffset until, string reason);
}
