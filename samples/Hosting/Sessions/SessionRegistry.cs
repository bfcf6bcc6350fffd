using System.Collections.Concurrent;
using System.Security.Cryptography;
using Hosting.Http;
using Hosting.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Server;

namespace Hosting.Sessions;

/// <summary>All sessions of this host. Ends them when the host has drained.</summary>
internal sealed partial class SessionRegistry(
    McpHostOptions host,
    IOptions<McpServerOptions> options,
    MemoryEventStore events,
    RefusalLog refusals,
    IServiceProvider services,
    TimeProvider time,
    ILoggerFactory loggerFactory,
    ILogger<SessionRegistry> logger) : IHostedService
{
    private const int IdBytes = 16;
    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, HttpSession> _sessions = new(StringComparer.Ordinal);
    private readonly Lock _opening = new();

    public int Count => _sessions.Count;

    public HttpSession? Find(string id) => _sessions.GetValueOrDefault(id);

    /// <summary>Opens a session; where there are as many as there may be, the one that is idle for longest makes room.</summary>
    /// <exception cref="RequestRejectedException">None is idle.</exception>
    public async Task<HttpSession> OpenAsync(SessionOwner owner, HttpContext context)
    {
        string caller = Caller.Of(context);
        HttpSession session;
        HttpSession? leaving;
        lock (_opening)
        {
            if (!TryMakeRoom(caller, out leaving))
            {
                refusals.Write(Refused.Limit, context, $"all sessions are in use (Host:MaxSessions {host.MaxSessions}, Host:MaxSessionsPerCaller {host.MaxSessionsPerCaller}).");
                throw new RequestRejectedException(
                    StatusCodes.Status503ServiceUnavailable, McpErrorCode.InternalError, "The server has as many sessions as it may have, and all are in use. Try again later.");
            }

            session = Create(owner, caller);
            _sessions[session.Id] = session;
        }

        if (leaving is not null)
        {
            await EndAsync(leaving);
        }

        return session;
    }

    public async Task CloseAsync(HttpSession session)
    {
        if (_sessions.TryRemove(session.Id, out _))
        {
            await EndAsync(session);
        }
    }

    /// <summary>Ends the sessions that have been idle for too long.</summary>
    public async Task SweepAsync()
    {
        int ended = 0;
        foreach (HttpSession session in _sessions.Values.Where(session => session.TryExpire(host.SessionIdleTimeout)))
        {
            await CloseAsync(session);
            ended++;
        }

        if (ended > 0)
        {
            LogSwept(ended, Count);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Comes after the web server has drained. What still runs is cancelled, and given a moment to notice.</summary>
    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAny(Task.WhenAll(_sessions.Values.Select(CloseAsync)), Task.Delay(CancelGrace, CancellationToken.None));

    private bool TryMakeRoom(string caller, out HttpSession? leaving)
    {
        leaving = null;
        HttpSession[] own = [.. _sessions.Values.Where(session => session.Caller == caller)];
        bool ownShareIsFull = own.Length >= host.MaxSessionsPerCaller;
        if (!ownShareIsFull && _sessions.Count < host.MaxSessions)
        {
            return true;
        }

        leaving = TakeIdlest(own) ?? (ownShareIsFull ? null : TakeIdlest([.. _sessions.Values]));
        if (leaving is null)
        {
            return false;
        }

        _sessions.TryRemove(leaving.Id, out _);
        string hash = RefusalLog.Hash(leaving.Id);
        LogDisplaced(hash, caller);
        return true;
    }

    /// <summary>The session that no request and no stream uses, and none has for longest; ended for whoever comes now.</summary>
    private static HttpSession? TakeIdlest(IEnumerable<HttpSession> sessions) =>
        sessions.OrderByDescending(session => session.IdleTime).FirstOrDefault(session => session.TryExpire(TimeSpan.Zero));

    private HttpSession Create(SessionOwner owner, string caller)
    {
        StreamableHttpServerTransport transport = new(loggerFactory)
        {
            SessionId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)),
            FlowExecutionContextFromRequests = true,
            EventStreamStore = host.ResumableStreams ? events : null,
        };
        return new HttpSession(owner, caller, transport, McpServer.Create(transport, options.Value, loggerFactory, services), time);
    }

    private async Task EndAsync(HttpSession session)
    {
        await session.DisposeAsync();
        events.Forget(session.Id);
    }

    [LoggerMessage(EventId = 101, Level = LogLevel.Information, Message = "Closed {Ended} idle sessions, {Count} remain.")]
    private partial void LogSwept(int ended, int count);

    [LoggerMessage(EventId = 102, Level = LogLevel.Debug, Message = "The session {SessionHash} made room for another of {Caller}.")]
    private partial void LogDisplaced(string sessionHash, string caller);
}
