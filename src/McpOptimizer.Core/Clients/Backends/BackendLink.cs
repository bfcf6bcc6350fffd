using System.Collections.Concurrent;
using System.Globalization;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>
/// The life of the one session with a backend: opened when first asked for, shared by all who ask, noticed when it is lost, closed in the end.
/// Knows how the backend wants to be greeted, and whether somebody still waits for a list of its tools.
/// </summary>
internal sealed partial class BackendLink : IAsyncDisposable
{
    private const int MostReasons = 8;

    private readonly Lock _gate = new();
    private readonly HashSet<string> _saidReasons = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Task, byte> _closings = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly BackendConnection _owner;
    private readonly BackendEndpoint _endpoint;
    private readonly string? _authorization;
    private readonly BackendPool _pool;
    private readonly BackendSettings _settings;
    private readonly BackendTransportFactory _transports;
    private readonly CircuitBreaker _breaker;
    private readonly TimeProvider _clock;
    private readonly ILoggerFactory _loggerFactory;
    private readonly ILogger _logger;
    private BackendSession? _session;
    private Task<BackendSession>? _connecting;
    private long _connectedAt;
    private bool _answered;
    private bool _connectedBefore;
    private bool _closed;
    private bool _beginsWithInitialize;
    private bool _failedBothWays;
    private bool _listingOwed;
    private bool _listingPlanned;
    private int _listings;
    private string? _lastError;
    private DateTimeOffset? _failingSince;
    private DateTime _tokensAtBreak;

    /// <summary>Creates the link; nothing is opened yet.</summary>
    public BackendLink(
        BackendConnection owner,
        string? authorization,
        CallerSecrets? callers,
        BackendPool pool,
        BackendSettings settings,
        BackendTransportFactory transports,
        CircuitBreaker breaker,
        TimeProvider clock,
        ILoggerFactory loggerFactory)
    {
        _owner = owner;
        _endpoint = owner.Endpoint;
        _authorization = authorization;
        _pool = pool;
        _settings = settings;
        _transports = transports;
        _breaker = breaker;
        _clock = clock;
        Redactor = new SecretRedactor(_endpoint, authorization, callers);
        _loggerFactory = new SdkLoggerFactory(loggerFactory, Redactor);
        _logger = loggerFactory.CreateLogger<BackendLink>();
    }

    /// <summary>Takes the backend's secrets out of texts.</summary>
    public SecretRedactor Redactor { get; }

    /// <summary>The session; null when none is open.</summary>
    public BackendSession? Session
    {
        get
        {
            lock (_gate)
            {
                return _session;
            }
        }
    }

    /// <summary>Whether a connection is coming up.</summary>
    public bool IsConnecting
    {
        get
        {
            lock (_gate)
            {
                return _connecting is not null;
            }
        }
    }

    /// <summary>Why the last operation failed, if it was the connection's fault, and since when there was no success.</summary>
    public (string? Error, DateTimeOffset? Since) LastFailure
    {
        get
        {
            lock (_gate)
            {
                return (_lastError, _failingSince);
            }
        }
    }

    /// <summary>For how long the session has been up; zero without one.</summary>
    public TimeSpan Uptime
    {
        get
        {
            lock (_gate)
            {
                return _session is null ? TimeSpan.Zero : _clock.GetElapsedTime(_connectedAt);
            }
        }
    }

    /// <summary>Whether somebody logged in to a backend with OAuth since it is left alone: it will be another answer now.</summary>
    public bool LoggedInSinceBreak => _endpoint.OAuth is not null && TokensWritten != _tokensAtBreak;

    private DateTime TokensWritten => _endpoint.OAuth is null ? default : _transports.TokensOf(_endpoint).WrittenAt;

    /// <summary>The session to use, opened if there is none.</summary>
    public async Task<BackendSession> GetAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<BackendSession>? connecting = null;
            BackendSession? dead;
            lock (_gate)
            {
                if (_closed)
                {
                    throw new BackendException(_endpoint.ServerName, BackendFailure.ConnectionLost, $"Server '{_endpoint.ServerName}' was removed or replaced.");
                }

                if (_session is { IsUsable: true } usable)
                {
                    return usable;
                }

                dead = _session;
                if (dead is null)
                {
                    connecting = _connecting ??= StartConnecting();
                }
            }

            if (connecting is not null)
            {
                return await connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            Drop(dead!, SessionEnd.Lost);
        }
    }

    /// <summary>Gives a session up, if it is still the one in use.</summary>
    public void Drop(BackendSession session, SessionEnd end)
    {
        bool broken;
        lock (_gate)
        {
            if (_session != session)
            {
                return;
            }

            _session = null;

            // One that made room is listed when all are: asked at once, it would take the room of the next.
            _listingOwed |= _answered && end != SessionEnd.Unwanted;

            // Servers over HTTP forget sessions as they please; one that answered meanwhile shows no fault.
            bool harmless = end == SessionEnd.Unwanted || _closed || (session.IsExpired && _answered);
            broken = !harmless && _breaker.Lose(_clock.GetElapsedTime(_connectedAt));
            if (!harmless && session.EndReason is { } reason)
            {
                _lastError = BackendFaults.LostSentence(_endpoint.ServerName, Redactor.Redact(reason));
                _failingSince ??= _clock.GetUtcNow();
            }
        }

        if (broken)
        {
            NoteBreak();
        }

        Task closing = Task.Run(async () =>
        {
            await (end == SessionEnd.Lost ? session.RetireAsync() : session.DisposeAsync().AsTask()).ConfigureAwait(false);
            _pool.Release();
            LogClosed(_endpoint.ServerName);
        });
        _closings[closing] = 0;
        _ = closing.ContinueWith(done => _closings.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>An operation was answered.</summary>
    public void Answered()
    {
        TimeSpan uptime = Uptime;
        _breaker.Succeed(uptime);
        lock (_gate)
        {
            if (uptime >= CircuitBreaker.SustainedUptime)
            {
                _saidReasons.Clear();
            }

            _answered = _session is not null;
            (_lastError, _failingSince) = (null, null);
        }
    }

    /// <summary>An operation, or a connection, failed.</summary>
    public void Failed(string reason)
    {
        lock (_gate)
        {
            _lastError = reason;
            _failingSince ??= _clock.GetUtcNow();
        }
    }

    /// <summary>Says, once for each reason, that the backend is left alone.</summary>
    public void NoteBreak()
    {
        string reason;
        bool isNew;
        DateTime written = TokensWritten;
        lock (_gate)
        {
            _tokensAtBreak = written;
            reason = _lastError ?? "the connection does not last";
            // Process ids and times differ each time and tell nothing new; a server that words it anew each time is not followed for ever.
            isNew = _saidReasons.Count < MostReasons && _saidReasons.Add(string.Concat(reason.Where(letter => !char.IsAsciiDigit(letter))));
        }

        if (isNew)
        {
            DateTimeOffset until = _clock.GetUtcNow() + (_breaker.Left ?? TimeSpan.Zero);
            LogBroken(_endpoint.ServerName, until.ToString("u", CultureInfo.InvariantCulture), reason);
        }
    }

    /// <summary>A listing of the tools begins.</summary>
    public void BeginListing() => Interlocked.Increment(ref _listings);

    /// <summary>A listing of the tools ended well.</summary>
    public void EndListing()
    {
        lock (_gate)
        {
            _listings--;
            _listingOwed = false;
        }
    }

    /// <summary>
    /// A listing gave up. Whoever keeps the tools is told to ask again as soon as that makes sense: when the connection comes up, when the backend said,
    /// or when it is tried again. A listing that failed on a good connection is left to the next look.
    /// </summary>
    /// <param name="connected">Whether it had a connection.</param>
    /// <param name="wait">What the backend said about trying again.</param>
    public void GiveUpListing(bool connected, TimeSpan? wait)
    {
        // Zero: another operation is just trying, and tells when it comes through.
        TimeSpan? left = _breaker.Left is { } rest && rest > TimeSpan.Zero ? rest : null;
        TimeSpan? planned = wait > left || left is null ? wait : left;
        bool now;
        lock (_gate)
        {
            _listings--;
            if (_closed || (connected && planned is null))
            {
                return;
            }

            _listingOwed = true;
            now = planned is null && _session is { IsUsable: true };
            _listingOwed &= !now;
            if (planned is null || _listingPlanned)
            {
                planned = null;
            }
            else
            {
                _listingPlanned = true;
            }
        }

        if (now)
        {
            _pool.Publish(_endpoint, BackendChangeKind.Tools);
        }
        else if (planned is { } delay)
        {
            _ = AskAgainAsync(delay);
        }
    }

    /// <summary>Lets nothing new begin.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
        }
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
            Drop(session, SessionEnd.Unwanted);
        }

        await Task.WhenAll(_closings.Keys).ConfigureAwait(false);
    }

    // Not in the caller's flow: the session outlives the call, its trace and its credentials.
    private Task<BackendSession> StartConnecting()
    {
        using AsyncFlowControl flow = ExecutionContext.SuppressFlow();
        return Task.Run(ConnectAsync);
    }

    private async Task AskAgainAsync(TimeSpan delay)
    {
        try
        {
            await Task.Delay(delay, _clock, _closing.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        bool owed;
        lock (_gate)
        {
            _listingPlanned = false;
            owed = _listingOwed && _listings == 0;
            _listingOwed &= !owed;
        }

        if (owed)
        {
            _pool.Publish(_endpoint, BackendChangeKind.Tools);
        }
    }

    private async Task<BackendSession> ConnectAsync()
    {
        bool reserved = false;
        try
        {
            await _pool.ReserveAsync(_endpoint.ServerName, _closing.Token).ConfigureAwait(false);
            reserved = true;
            using OperationClock clock = new(_settings.ConnectTimeout, _settings.ConnectTimeout, _clock, _closing.Token);
            BackendSession session = await GreetAsync(clock).ConfigureAwait(false);
            Adopt(session);

            // Whoever asked for it may have given up: then it is idle from the beginning.
            _pool.Freed(_owner);
            return session;
        }
        catch (Exception e)
        {
            BackendException failure = e as BackendException
                ?? new BackendException(_endpoint.ServerName, BackendFailure.Unknown, $"Server '{_endpoint.ServerName}' could not be connected to: {e.GetType().Name}.", e);
            if (reserved)
            {
                _pool.Release();
            }

            Failed(failure.Message);
            bool counts = reserved && failure.Failure is not (BackendFailure.InvalidEndpoint or BackendFailure.AddressRefused) && !_closing.IsCancellationRequested;
            if (counts && _breaker.Lose(TimeSpan.Zero))
            {
                NoteBreak();
            }

            lock (_gate)
            {
                _connecting = null;
            }

            throw failure;
        }
    }

    // From 2026-07-28 on a server is asked what it is; older ones want `initialize` first, and some end when they hear anything else.
    // The one that ends is greeted again in its own way at once, the first time; later failures try the two ways in turn, one start each.
    private async Task<BackendSession> GreetAsync(OperationClock clock)
    {
        for (bool initialize = _beginsWithInitialize; ; initialize = !initialize)
        {
            BackendRequest request = new(CallContext.None, clock);
            BackendTransport? transport = null;
            Greeting greeting = new(initialize);
            try
            {
                transport = _transports.Create(_endpoint, _authorization, Redactor);
                BackendSession session = await BackendSession.ConnectAsync(
                    _endpoint, transport, greeting, _settings, kind => _pool.Publish(_endpoint, kind), request, _clock, _loggerFactory).ConfigureAwait(false);
                _failedBothWays = false;
                _beginsWithInitialize = initialize || greeting.IsProbeIgnored;
                return session;
            }
            catch (Exception e)
            {
                if (transport is not null)
                {
                    await transport.DisposeAsync().ConfigureAwait(false);
                }

                BackendException failure = ConnectFailure(e, transport, request);
                bool otherWay = greeting.IsRefused && MayBeGreetedAgain(failure, request) && !clock.Token.IsCancellationRequested;
                if (!otherWay || _failedBothWays || initialize != _beginsWithInitialize)
                {
                    _failedBothWays |= otherWay;
                    _beginsWithInitialize ^= otherWay && initialize == _beginsWithInitialize;
                    throw failure;
                }
            }
        }
    }

    // Not where nobody was reached, nor where the same credentials would be refused once more.
    private bool MayBeGreetedAgain(BackendException failure, BackendRequest request) => failure.Failure switch
    {
        BackendFailure.Unauthorized => request.HttpAnswer is not null && _authorization is null && _endpoint.OAuth is null && _endpoint.Headers.Count == 0,
        BackendFailure.Unreachable => request.HttpAnswer is not null || _endpoint.Url is null || request.MayHaveArrived,
        BackendFailure.ConnectionLost or BackendFailure.ProtocolError or BackendFailure.Unknown => true,
        _ => false,
    };

    private void Adopt(BackendSession session)
    {
        bool first;
        bool owed;
        lock (_gate)
        {
            first = !_connectedBefore;
            _connectedBefore = true;
            _session = session;
            _connectedAt = _clock.GetTimestamp();
            _answered = false;
            _connecting = null;
            // It may be another version of the server; unless that is being found out.
            owed = _listingOwed && _listings == 0;
            _listingOwed &= !owed;
        }

        LogConnected(first ? LogLevel.Information : LogLevel.Debug, _endpoint.ServerName, session.ProtocolVersion ?? "?");
        _ = session.Completion.ContinueWith(
            _ => Drop(session, SessionEnd.Lost), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        if (owed)
        {
            _pool.Publish(_endpoint, BackendChangeKind.Tools);
        }
    }

    private BackendException ConnectFailure(Exception e, BackendTransport? transport, BackendRequest request)
    {
        if (e is BackendException known)
        {
            return known;
        }

        string server = $"Server '{_endpoint.ServerName}'";
        if (request.Clock.IsTimeUp)
        {
            return new BackendException(
                _endpoint.ServerName, BackendFailure.TimedOut, $"{server} could not be connected to within {_settings.ConnectTimeout.TotalSeconds:0.#} s (Backends.ConnectTimeout){transport?.Stdio?.Epitaph}.", e);
        }

        if (transport?.Stdio is { } stdio && e is IOException or BackendNotSentException)
        {
            return new BackendException(_endpoint.ServerName, BackendFailure.Unreachable, $"{server} did not start: its program ended{stdio.Epitaph}.", e);
        }

        BackendFault fault = BackendFaults.Explain(transport?.Http?.Refusal ?? e, _endpoint, _settings, request, Redactor);
        return (fault.Failure == BackendFailure.ConnectionLost ? fault with { Failure = BackendFailure.Unreachable } : fault).ToException(_endpoint.ServerName);
    }

    [LoggerMessage(EventId = 3000, Message = "Connected to {Server} (protocol {Version}).")]
    private partial void LogConnected(LogLevel level, string server, string version);

    [LoggerMessage(EventId = 3001, Level = LogLevel.Debug, Message = "The session with {Server} is closed.")]
    private partial void LogClosed(string server);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Warning, Message = "{Server} is left alone until {Until} and then tried again, at growing intervals while it fails: {Reason}")]
    private partial void LogBroken(string server, string until, string reason);
}
