using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Server.Api.Answers;

namespace McpOptimizer.Server.Api.Usage;

/// <summary>
/// What was searched and called since the start, in memory and bounded: totals, the last hour by minute, counts by tool and server, and the last calls.
/// Names come from the catalogue and not from callers; beyond the bounds further names are not counted.
/// </summary>
internal sealed class UsageLog : ICallAuditSink, IFindAuditSink
{
    /// <summary>How many calls are kept.</summary>
    public const int MostCalls = 500;

    private const int MostTools = 20_000;
    private const int MostServers = 5_000;
    private const int MostMinutes = 60;
    private const int LongestText = 200;
    private const int LongestArguments = 2_000;

    private readonly Lock _gate = new();
    private readonly TimeProvider _clock;
    private readonly Dictionary<(string Server, string Tool), ToolCounts> _tools = [];
    private readonly Dictionary<string, ServerCounts> _servers = new(StringComparer.Ordinal);
    private readonly LinkedList<CallAnswer> _calls = [];
    private readonly MinuteAnswer[] _minutes = new MinuteAnswer[MostMinutes];
    private long _lastId;
    private long _searches;
    private long _called;
    private long _failed;
    private long _baseline;
    private long _returned;
    private long _saved;

    public UsageLog(TimeProvider clock)
    {
        _clock = clock;
        Since = clock.GetUtcNow();
    }

    /// <summary>Told each call, after it was counted. Whoever listens is quick: the call waits.</summary>
    public event EventHandler<CallAnswer>? Called;

    /// <summary>Told that somebody searched, after it was counted.</summary>
    public event EventHandler? Searched;

    /// <summary>Since when it counts.</summary>
    public DateTimeOffset Since { get; }

    /// <summary>The sums, and the last hour.</summary>
    public UsageAnswer Totals
    {
        get
        {
            lock (_gate)
            {
                DateTimeOffset now = Minute(_clock.GetUtcNow());
                return new UsageAnswer
                {
                    Searches = _searches,
                    Calls = _called,
                    FailedCalls = _failed,
                    BaselineTokens = _baseline,
                    ReturnedTokens = _returned,
                    TokensSaved = _saved,
                    Minutes = [.. Enumerable.Range(1 - MostMinutes, MostMinutes).Select(back => Of(now.AddMinutes(back)))],
                };
            }
        }
    }

    /// <summary>The counts of every server that was called.</summary>
    public Dictionary<string, ServerUsageAnswer> Servers
    {
        get
        {
            lock (_gate)
            {
                return _servers.ToDictionary(server => server.Key, server => server.Value.Describe(), StringComparer.Ordinal);
            }
        }
    }

    /// <summary>The counts of one tool; null when it was neither found nor called.</summary>
    public ToolUsageAnswer? Of(string server, string tool)
    {
        lock (_gate)
        {
            return _tools.TryGetValue((server, tool), out ToolCounts? counts) ? new ToolUsageAnswer(counts.Found, counts.Called, counts.Failed, counts.LastCalledAt) : null;
        }
    }

    /// <summary>The last calls, newest first.</summary>
    /// <param name="after">Only those with a greater id.</param>
    /// <param name="limit">Most calls.</param>
    /// <param name="shows">Which may be shown; null for all.</param>
    public (long Newest, IReadOnlyList<CallAnswer> Calls) Recent(long after, int limit, Func<CallAnswer, bool>? shows)
    {
        lock (_gate)
        {
            return (_lastId, [.. _calls.TakeWhile(call => call.Id > after).Where(call => shows?.Invoke(call) != false).Take(limit)]);
        }
    }

    public void Write(FindAuditRecord record)
    {
        lock (_gate)
        {
            _searches++;
            _baseline += record.Metrics.BaselineTokens;
            _returned += record.Metrics.ReturnedTokens;
            _saved += record.Metrics.TokensSaved;
            Change(record.At, minute => minute with { Searches = minute.Searches + 1 });
            foreach (IndexedTool tool in record.Tools)
            {
                if (Count(tool.ServerName, tool.Name) is { } counts)
                {
                    counts.Found++;
                }
            }
        }

        Searched?.Invoke(this, EventArgs.Empty);
    }

    public void Write(CallAuditRecord record)
    {
        // What the server is to blame for; a call that never reached it says nothing of it.
        bool failed = record.Status is ToolCallStatus.ToolFailed or ToolCallStatus.BackendFailed;
        bool reached = record is { ServerName: not null, ToolName: not null } && (failed || record.Status is ToolCallStatus.Succeeded or ToolCallStatus.InputRequired);
        CallAnswer kept = Add(record, failed, reached);
        Called?.Invoke(this, kept);
    }

    private CallAnswer Add(CallAuditRecord record, bool failed, bool reached)
    {
        lock (_gate)
        {
            _called++;
            _failed += failed ? 1 : 0;
            Change(record.At + record.Duration, minute => minute with { Calls = minute.Calls + 1, FailedCalls = minute.FailedCalls + (failed ? 1 : 0) });
            CallAnswer kept = Keep(record);
            if (!reached)
            {
                return kept;
            }

            if (record.Method == "tools/call" && Count(record.ServerName!, record.ToolName!) is { } counts)
            {
                counts.Called++;
                counts.Failed += failed ? 1 : 0;
                counts.LastCalledAt = record.At;
            }

            if (_servers.TryGetValue(record.ServerName!, out ServerCounts? server) || (_servers.Count < MostServers && _servers.TryAdd(record.ServerName!, server = new ServerCounts())))
            {
                server.Add(record.Duration, failed);
            }

            return kept;
        }
    }

    private static DateTimeOffset Minute(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % TimeSpan.TicksPerMinute), TimeSpan.Zero);

    private static int Slot(DateTimeOffset minute) => (int)(minute.UtcTicks / TimeSpan.TicksPerMinute % MostMinutes);

    private static string? Shorten(string? text, int limit = LongestText) => text is null || text.Length <= limit ? text : JsonText.Whole(text[..limit]) + "…";

    private MinuteAnswer Of(DateTimeOffset minute) => _minutes[Slot(minute)] is { } kept && kept.At == minute ? kept : new MinuteAnswer(minute, 0, 0, 0);

    private void Change(DateTimeOffset at, Func<MinuteAnswer, MinuteAnswer> change)
    {
        DateTimeOffset minute = Minute(at);
        _minutes[Slot(minute)] = change(Of(minute));
    }

    private ToolCounts? Count(string server, string tool)
    {
        if (!_tools.TryGetValue((server, tool), out ToolCounts? counts) && _tools.Count < MostTools)
        {
            _tools[(server, tool)] = counts = new ToolCounts();
        }

        return counts;
    }

    private CallAnswer Keep(CallAuditRecord record)
    {
        CallAnswer kept = new()
        {
            Id = ++_lastId,
            At = record.At,
            Caller = Shorten(record.Caller),
            Server = Shorten(record.ServerName),
            Name = Shorten(record.ToolName),
            Method = record.Method,
            Status = record.Status,
            Failure = record.Failure,
            ArgumentBytes = record.ArgumentBytes,
            ResultBytes = record.ResultBytes,
            IsCut = record.Cut,
            DurationMs = Math.Round(record.Duration.TotalMilliseconds, 1),
            Arguments = Shorten(record.Arguments, LongestArguments),
        };
        _calls.AddFirst(kept);
        if (_calls.Count > MostCalls)
        {
            _calls.RemoveLast();
        }

        return kept;
    }
}
