using System.Diagnostics.Metrics;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Repositories.Store;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Records what ingestion sees, and says what of it is withheld.</summary>
internal sealed partial class TrustKeeper
{
    // Of one server within one hour; what is beyond is told in one line.
    private const int MostLines = 100;

    private readonly TrustJudge _judge;
    private readonly TrustRules _rules;
    private readonly OptimizerStore _store;
    private readonly IStoreReplicas _replicas;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly Counter<long> _quarantined;

    public TrustKeeper(TrustJudge judge, TrustRules rules, OptimizerStore store, IStoreReplicas replicas, IMeterFactory meters, TimeProvider clock, ILogger<TrustKeeper> logger)
    {
        _judge = judge;
        _rules = rules;
        _store = store;
        _replicas = replicas;
        _clock = clock;
        _logger = logger;
        _quarantined = meters.Create(McpOptimizerTelemetry.SourceName).CreateCounter<long>(McpOptimizerTelemetry.Quarantined, "{definition}", "Definitions that were quarantined.");
    }

    /// <summary>Name of this optimizer in the log.</summary>
    public string Writer { get; } = Guid.NewGuid().ToString("N");

    /// <summary>The newest line of the log that this optimizer's index takes account of.</summary>
    public long SeenId { get; set; }

    /// <summary>A server as it is stored, nothing being asked.</summary>
    public static TrustInput Stored(string serverName, IReadOnlyList<StoredTool> tools) => new() { ServerName = serverName, Items = tools, Before = tools };

    /// <summary>Judges servers as they are stored, at start: what is there before trust was watched becomes known.</summary>
    /// <param name="servers">The servers as one snapshot has them.</param>
    /// <param name="entries">The entries of the same snapshot.</param>
    /// <param name="lastId">The newest line of the log in it.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The verdicts, in the order of the servers; null when another process was faster, and everything is to be read again.</returns>
    public async Task<IReadOnlyList<TrustVerdict>?> LoadAsync(
        IReadOnlyList<TrustInput> servers, ILookup<string, TrustEntry> entries, long lastId, CancellationToken cancellationToken = default)
    {
        SeenId = lastId;
        TrustVerdict[] verdicts = [.. servers.Select(server => _judge.Judge(server, [.. entries[server.ServerName]], Writer))];
        List<(int At, TrustInput Input)> unknown = [.. servers.Index().Where(item => verdicts[item.Index].Entries.Count > 0)];
        if (unknown.Count == 0 || !await _replicas.IsLeaderAsync(cancellationToken).ConfigureAwait(false))
        {
            // What a process that follows does not know yet, the one that takes servers in records.
            return verdicts;
        }

        TrustInput[] scanned = new TrustInput[unknown.Count];
        Parallel.For(0, unknown.Count, new ParallelOptions { CancellationToken = cancellationToken }, i => scanned[i] = Scan(unknown[i].Input, verdicts[unknown[i].At]));
        bool isCurrent = false;
        await _store.WriteAsync(
            async (session, token) =>
            {
                isCurrent = await session.Trust.LastIdAsync(token).ConfigureAwait(false) == lastId;
                for (int i = 0; isCurrent && i < scanned.Length; i++)
                {
                    verdicts[unknown[i].At] = await TakeOverAsync(session, scanned[i], token).ConfigureAwait(false);
                }
            },
            cancellationToken).ConfigureAwait(false);
        return isCurrent ? verdicts : null;
    }

    /// <summary>Judges servers as they are stored, at a start whose store cannot be written: nothing is recorded, and what changes later cannot be either, and is withheld.</summary>
    public IReadOnlyList<TrustVerdict> JudgeUnrecorded(IReadOnlyList<TrustInput> servers, ILookup<string, TrustEntry> entries, long lastId)
    {
        SeenId = lastId;
        return [.. servers.Select(server => _judge.Judge(server, [.. entries[server.ServerName]], Writer))];
    }

    /// <summary>Judges a server on the entries that the transaction sees, and records what is new.</summary>
    public async Task<TrustVerdict> TakeOverAsync(StoreSession session, TrustInput input, CancellationToken cancellationToken = default)
    {
        if (_rules.PolicyOf(input.ServerName) == TrustPolicy.Off)
        {
            return TrustVerdict.Everything;
        }

        TrustVerdict verdict = _judge.Judge(input, await session.Trust.ListAsync(input.ServerName, cancellationToken).ConfigureAwait(false), Writer);
        await session.Trust.DeleteAsync(verdict.Forgotten, cancellationToken).ConfigureAwait(false);
        await session.Trust.UpsertAsync(verdict.Entries, cancellationToken).ConfigureAwait(false);
        await session.Trust.AppendAsync(verdict.Log, MostLines, cancellationToken).ConfigureAwait(false);
        Tell(input.ServerName, verdict);
        return verdict;
    }

    /// <summary>Remembers what was approved of a server whose rows are about to be deleted.</summary>
    public async Task ForgetListingAsync(StoreSession session, string serverName, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = _clock.GetUtcNow();
        if (_rules.PolicyOf(serverName) != TrustPolicy.Off && await session.Trust.MarkGoneAsync(serverName, now, cancellationToken).ConfigureAwait(false) is > 0 and int count)
        {
            TrustRecord gone = new() { At = now, Action = TrustAction.Removed, ServerName = serverName, Note = $"the server is gone, and {count} definitions with it", Writer = Writer };
            await session.Trust.AppendAsync([gone], MostLines, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Forgets observations that are older than the settings keep them.</summary>
    public async Task ExpireAsync(CancellationToken cancellationToken = default)
    {
        DateTimeOffset before = _clock.GetUtcNow() - _rules.Retention;
        if (await _replicas.IsLeaderAsync(cancellationToken).ConfigureAwait(false))
        {
            await _store.WriteAsync((session, token) => session.Trust.ExpireAsync(before, token), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>What the stored state withholds of a server. Records nothing.</summary>
    public TrustVerdict Judge(TrustInput input, IReadOnlyList<TrustEntry> entries) => _judge.Judge(input, entries, Writer);

    /// <summary>The input with what the scan finds in those definitions that a verdict would record.</summary>
    public static TrustInput Scan(TrustInput input, TrustVerdict verdict)
    {
        HashSet<string> names = [.. verdict.Entries.Select(entry => entry.Name ?? "")];
        Dictionary<string, IReadOnlyList<TrustFinding>> findings = [];
        foreach (StoredTool tool in input.Items.Where(tool => names.Contains(tool.Name)))
        {
            findings[tool.Name] = DefinitionScanner.Scan(tool.Details);
        }

        return input with { Findings = findings };
    }

    private void Tell(string serverName, TrustVerdict verdict)
    {
        TrustRecord[] withheld = [.. verdict.Log.Where(record => record.Action == TrustAction.Quarantined)];
        if (withheld.Length == 0)
        {
            return;
        }

        _quarantined.Add(withheld.Length, new KeyValuePair<string, object?>("mcp_optimizer.server", serverName));
        string names = string.Join(", ", withheld.Take(5).Select(record => $"{NameOf(record)} ({record.Note})"));
        LogWithheld(withheld.Length, VisibleText.Shorten(serverName), names, withheld.Length > 5 ? ", …" : "");
    }

    private static string NameOf(TrustRecord record) => record.Name is null ? $"the {record.Kind.ToString().ToLowerInvariant()}" : VisibleText.Shorten(record.Name);

    [LoggerMessage(EventId = 250, Level = LogLevel.Warning, Message = "{Count} definitions of {Server} are withheld until somebody approves them: {Names}{More}.")]
    private partial void LogWithheld(int count, string server, string names, string more);
}
