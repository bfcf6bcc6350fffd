using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>
/// All operations on one backend go through here: one session whatever the number of callers; limits, time, retries where they are safe,
/// and a break after repeated failures.
/// </summary>
internal sealed partial class BackendConnection : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _slots;
    private readonly CircuitBreaker _breaker;
    private readonly BackendPool _pool;
    private readonly BackendSettings _settings;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private int _operations;
    private long _lastUsed;

    /// <summary>Creates the connection; nothing is opened yet.</summary>
    public BackendConnection(
        BackendEndpoint endpoint,
        string? authorization,
        CallerSecrets? callers,
        BackendPool pool,
        BackendSettings settings,
        BackendTransportFactory transports,
        TimeProvider clock,
        ILoggerFactory loggerFactory)
    {
        Endpoint = endpoint;
        IsPersonal = authorization is not null;
        _pool = pool;
        _settings = settings;
        _clock = clock;
        _logger = loggerFactory.CreateLogger<BackendConnection>();
        _slots = new SemaphoreSlim(settings.MaxConcurrentCalls);
        _breaker = new CircuitBreaker(settings, clock);
        _lastUsed = clock.GetTimestamp();
        Place = new LinkedListNode<BackendConnection>(this);
        Link = new BackendLink(this, authorization, callers, pool, settings, transports, _breaker, clock, loggerFactory);
    }

    /// <summary>The backend.</summary>
    public BackendEndpoint Endpoint { get; }

    /// <summary>Whether the session is one caller's own.</summary>
    public bool IsPersonal { get; }

    /// <summary>Its session.</summary>
    public BackendLink Link { get; }

    /// <summary>Its place among those that nothing uses: the pool's alone.</summary>
    public LinkedListNode<BackendConnection> Place { get; }

    /// <summary>For how long nothing has used it; null while something does or when no session is open.</summary>
    public TimeSpan? Idle
    {
        get
        {
            lock (_gate)
            {
                return _operations == 0 && Link.Session is not null ? _clock.GetElapsedTime(_lastUsed) : null;
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
                return _operations == 0 && Link.Session is null && !Link.IsConnecting;
            }
        }
    }

    /// <summary>How the connection stands.</summary>
    public BackendStatus Status
    {
        get
        {
            BackendSession? session = Link.Session;
            TimeSpan? left = _breaker.Left;
            (string? error, DateTimeOffset? since) = Link.LastFailure;
            return new BackendStatus
            {
                ServerName = Endpoint.ServerName,
                State = left is not null ? BackendState.Broken
                    : session is { IsUsable: true } ? BackendState.Connected
                    : Link.IsConnecting ? BackendState.Connecting
                    : BackendState.Idle,
                Operations = Volatile.Read(ref _operations),
                ProcessId = session?.ProcessId,
                ProtocolVersion = session?.ProtocolVersion,
                LastError = error,
                FailingSince = since,
                TriedAgainAt = left is { } wait ? _clock.GetUtcNow() + wait : null,
            };
        }
    }

    /// <summary>Runs one operation.</summary>
    /// <param name="operation">What to do with the session. May be run several times when it is safe to.</param>
    /// <param name="context">Who waits.</param>
    /// <param name="kind">Whether it may be sent again although the backend may have acted on it.</param>
    /// <param name="allowed">Time it may take without a sign of progress; null for the setting.</param>
    /// <param name="cancellationToken">The caller's.</param>
    /// <exception cref="BackendException">It failed.</exception>
    public async Task<T> RunAsync<T>(
        Func<BackendSession, BackendRequest, Task<T>> operation, CallContext context, BackendOperation kind, TimeSpan? allowed, CancellationToken cancellationToken)
    {
        TimeSpan time = allowed ?? _settings.CallTimeout;
        using OperationClock clock = new(time, _settings.MaxCallDuration, _clock, cancellationToken);
        if (_breaker.Left is not null && Link.LoggedInSinceBreak)
        {
            _breaker.Succeed(CircuitBreaker.SustainedUptime);
        }

        bool isListing = kind == BackendOperation.ListTools;
        if (isListing)
        {
            Link.BeginListing();
        }

        if (!_breaker.TryEnter(out bool probe, out TimeSpan wait))
        {
            if (isListing)
            {
                Link.GiveUpListing(connected: false, wait: null);
            }

            throw Broken(wait);
        }

        bool settled = false;
        bool listed = false;
        bool connected = false;
        BackendFault? last = null;
        Begin();
        try
        {
            for (int attempt = 0; ; attempt++)
            {
                BackendRequest request = new(context, clock);
                (T? result, BackendFault? fault, BackendSession? session, long start) = await TryOnceAsync(operation, request, probe, time, cancellationToken).ConfigureAwait(false);
                connected = session is not null;
                last = fault;
                if (fault is null)
                {
                    (settled, listed) = (true, true);
                    Link.Answered();
                    return result!;
                }

                if (!fault.ShowsLife && fault.Failure != BackendFailure.CircuitOpen)
                {
                    Link.Failed(fault.Message);
                }

                if (session is not null && fault.SessionLost)
                {
                    Link.Drop(session, SessionEnd.Lost);
                }

                bool again = attempt < _settings.RetryAttempts && IsSafe(fault, kind) && !(fault.RetryAfter > clock.Left) && !clock.Token.IsCancellationRequested
                    && !probe && _breaker.Left is null;
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
            if (!settled)
            {
                _breaker.Leave(probe);
            }

            if (isListing && listed)
            {
                Link.EndListing();
            }
            else if (isListing)
            {
                Link.GiveUpListing(connected, last?.RetryAfter);
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
            session = _operations == 0 ? Link.Session : null;
        }

        if (session is null)
        {
            return false;
        }

        Link.Drop(session, SessionEnd.Unwanted);
        return true;
    }

    /// <summary>Lets what is under way end, then closes. Nothing new is started.</summary>
    public async Task RetireAsync()
    {
        Link.Close();
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
        try
        {
            await Link.DisposeAsync().ConfigureAwait(false);
        }
        finally
        {
            // Afterwards: an operation that ends meanwhile still finds a session and gives its place back.
            _pool.Forget(this);
        }
    }

    private async Task<(T? Result, BackendFault? Fault, BackendSession? Session, long Start)> TryOnceAsync<T>(
        Func<BackendSession, BackendRequest, Task<T>> operation, BackendRequest request, bool probe, TimeSpan time, CancellationToken cancellationToken)
    {
        BackendSession? session = null;
        bool entered = false;
        long start = _clock.GetTimestamp();
        try
        {
            // A connection that takes its time holds no slot.
            do
            {
                session = null;
                session = await ConnectAsync(probe, request.Clock.Token).ConfigureAwait(false);
                await WaitForSlotAsync(request.Clock, cancellationToken).ConfigureAwait(false);
                entered = session.IsUsable;
                if (!entered)
                {
                    _slots.Release();
                }
            }
            while (!entered);

            start = _clock.GetTimestamp();
            return (await operation(session, request).ConfigureAwait(false), null, session, start);
        }
        catch (Exception e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (request.Clock.IsTimeUp && e is not BackendException { Failure: BackendFailure.Busy })
            {
                BackendFault late = BackendFaults.TimedOut(Endpoint, time, _settings, request.Clock, session is not null);
                return (default, late with { Cause = e is BackendException ? null : e }, session, start);
            }

            BackendFault fault = BackendFaults.Explain(e, Endpoint, _settings, request, Link.Redactor);
            return (default, fault with { NotSent = !request.MayHaveArrived }, session, start);
        }
        finally
        {
            if (entered)
            {
                _slots.Release();
            }
        }
    }

    // Whoever came in before the break must not start the backend within it.
    private Task<BackendSession> ConnectAsync(bool probe, CancellationToken cancellationToken) =>
        !probe && _breaker.Left is { } left && Link.Session is not { IsUsable: true } ? throw Broken(left) : Link.GetAsync(cancellationToken);

    // A refusal because of haste says when to come again. What may have arrived is repeated only where that does no harm.
    private static bool IsSafe(BackendFault fault, BackendOperation kind) =>
        (fault.IsPassing || fault is { Failure: BackendFailure.Busy, RetryAfter: not null }) && (fault.NotSent || kind != BackendOperation.Call);

    private void Settle(BackendFault fault, BackendSession? session, bool probe, long start)
    {
        if (fault.ShowsLife && session is not null)
        {
            _breaker.Succeed(Link.Uptime);
        }
        else if (fault.Failure == BackendFailure.TimedOut && session is not null)
        {
            // A tool that takes its time says nothing about the server: ask whether it still answers.
            _ = CheckAsync(session, probe, start);
        }
        else if (fault.IsPassing && session is not null && !fault.SessionLost)
        {
            if (_breaker.Fail(probe))
            {
                Link.NoteBreak();
            }
        }
        else
        {
            // Starts and lost sessions are counted once, however many operations waited for them.
            _breaker.Leave(probe);
        }
    }

    private async Task CheckAsync(BackendSession session, bool probe, long start)
    {
        bool answering = await session.IsAnsweringAsync(start).ConfigureAwait(false);
        _breaker.Leave(probe);
        if (!answering)
        {
            Link.Drop(session, SessionEnd.Dead);
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

        _pool.Freed(this);
    }

    private BackendException Broken(TimeSpan wait) => new(
        Endpoint.ServerName,
        BackendFailure.CircuitOpen,
        $"Server '{Endpoint.ServerName}' failed repeatedly and is left alone; it is tried again in {Math.Max(1, Math.Ceiling(wait.TotalSeconds)):0} s. Last failure: {Link.LastFailure.Error}")
    {
        RetryAfter = wait,
    };

    [LoggerMessage(EventId = 3002, Level = LogLevel.Debug, Message = "{Server}: attempt {Attempt} failed and is repeated: {Reason}")]
    private partial void LogRetry(string server, int attempt, string reason);
}
