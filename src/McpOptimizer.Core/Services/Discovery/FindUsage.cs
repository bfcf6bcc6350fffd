using System.Diagnostics;
using System.Diagnostics.Metrics;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Calls;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Services.Discovery;

/// <summary>Counts finds, and the hits that the same session then called: how well finding serves, seen from outside.</summary>
internal sealed partial class FindUsage : ICallObserver
{
    private const int MostSessions = 1_000;
    private const int MostHitsPerSession = 500;

    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(30);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Session> _sessions = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock;
    private readonly Counter<long> _finds;
    private readonly Counter<long> _used;
    private readonly IFindAuditSink[] _sinks;
    private readonly ILogger _logger;

    public FindUsage(IMeterFactory meters, TimeProvider clock, IEnumerable<IFindAuditSink> sinks, ILogger<FindUsage> logger)
    {
        _clock = clock;
        _sinks = [.. sinks];
        _logger = logger;
        Meter meter = meters.Create(McpOptimizerTelemetry.SourceName);
        _finds = meter.CreateCounter<long>(McpOptimizerTelemetry.Finds, "{find}", "Searches for tools.");
        _used = meter.CreateCounter<long>(McpOptimizerTelemetry.HitsUsed, "{hit}", "Hits that the session they were shown to called.");
    }

    /// <summary>A caller was shown hits.</summary>
    /// <param name="caller">Who asked; all callers without a session are taken together.</param>
    /// <param name="found">What it was shown.</param>
    /// <returns>What came of it: found, doubtful or none.</returns>
    public string Found(CallerIdentity caller, FindResult found)
    {
        Write(caller, found);
        string? sessionId = caller.SessionId;
        string outcome = found.Tools.Count == 0 ? "none" : found.NothingFits ? "doubtful" : "found";
        _finds.Add(1, new TagList { { "mcp_optimizer.outcome", outcome } });
        long now = _clock.GetTimestamp();
        lock (_gate)
        {
            if (!_sessions.TryGetValue(sessionId ?? "", out Session? session))
            {
                if (_sessions.Count >= MostSessions)
                {
                    _sessions.Remove(_sessions.MinBy(known => known.Value.At).Key);
                }

                _sessions[sessionId ?? ""] = session = new Session();
            }

            session.At = now;
            if (session.Hits.Count + found.Tools.Count > MostHitsPerSession)
            {
                session.Hits.Clear();
            }

            foreach ((int i, FoundTool tool) in found.Tools.Index())
            {
                session.Hits[(tool.Hit.Tool.ServerName, tool.Hit.Tool.Name)] = (i + 1, now);
            }
        }

        return outcome;
    }

    /// <remarks>Counts once a find: the second call of the same hit says nothing new.</remarks>
    public void Called(VisibilityScope scope, CallContext context, ToolCallOutcome? outcome)
    {
        if (outcome is not { ServerName: { } server, ToolName: { } tool })
        {
            return;
        }

        (int Rank, long At) hit;
        lock (_gate)
        {
            if (!_sessions.TryGetValue(context.SessionId ?? "", out Session? session) || !session.Hits.Remove((server, tool), out hit))
            {
                return;
            }
        }

        if (_clock.GetElapsedTime(hit.At) <= Recent)
        {
            _used.Add(1, new TagList { { "mcp_optimizer.rank", hit.Rank } });
        }
    }

    private void Write(CallerIdentity caller, FindResult found)
    {
        if (_sinks.Length == 0)
        {
            return;
        }

        FindAuditRecord record = new()
        {
            At = _clock.GetUtcNow(),
            Caller = caller.Subject,
            Profile = caller.Profile,
            SessionId = caller.SessionId,
            Tools = [.. found.Tools.Select(tool => tool.Hit.Tool)],
            Metrics = found.Metrics,
            NothingFits = found.NothingFits,
        };
        AuditSinks.Write(_sinks, sink => sink.Write(record), LogSinkFailed);
    }

    [LoggerMessage(EventId = 3105, Level = LogLevel.Error, Message = "Audit sink {Sink} failed to take a search.")]
    private partial void LogSinkFailed(string sink, Exception exception);

    private sealed class Session
    {
        public long At { get; set; }

        public Dictionary<(string Server, string Tool), (int Rank, long At)> Hits { get; } = [];
    }
}
