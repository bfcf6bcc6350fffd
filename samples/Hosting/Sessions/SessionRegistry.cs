using System.Collections.Concurrent;
using System.Security.Cryptography;
using Hosting.Http;
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
    IServiceProvider services,
    TimeProvider time,
    ILoggerFactory loggerFactory,
    ILogger<SessionRegistry> logger) : IHostedService
{
    private const int IdBytes = 16;
    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, HttpSession> _sessions = new(StringComparer.Ordinal);
    private int _count;

    public int Count => Volatile.Read(ref _count);

    public HttpSession? Find(string id) => _sessions.GetValueOrDefault(id);

    /// <exception cref="RequestRejectedException">There are as many sessions as there may be.</exception>
    public HttpSession Open(SessionOwner owner)
    {
        if (Interlocked.Increment(ref _count) > host.MaxSessions)
        {
            Interlocked.Decrement(ref _count);
            LogFull(host.MaxSessions);
            throw new RequestRejectedException(
                StatusCodes.Status503ServiceUnavailable,
                McpErrorCode.InternalError,
                $"The server has its {host.MaxSessions} sessions already. Try again later.");
        }

        StreamableHttpServerTransport transport = new(loggerFactory)
        {
            SessionId = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes)),
            FlowExecutionContextFromRequests = true,
            EventStreamStore = host.ResumableStreams ? events : null,
        };
        HttpSession session = new(owner, transport, McpServer.Create(transport, options.Value, loggerFactory, services), time);
        _sessions[session.Id] = session;
        return session;
    }

    public async Task CloseAsync(HttpSession session)
    {
        if (_sessions.TryRemove(session.Id, out _))
        {
            Interlocked.Decrement(ref _count);
            await session.DisposeAsync();
            events.Forget(session.Id);
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

    [LoggerMessage(EventId = 101, Level = LogLevel.Information, Message = "Closed {Ended} idle sessions, {Count} remain.")]
    private partial void LogSwept(int ended, int count);

    [LoggerMessage(EventId = 102, Level = LogLevel.Warning, Message = "Refused a session: all {MaxSessions} are in use (Host:MaxSessions).")]
    private partial void LogFull(int maxSessions);
}
