using System.Data.Common;
using System.Globalization;
using System.Text.Json;
using McpOptimizer.Core.Clients.Database;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>
/// What was approved, and the log of it: tables <c>trust_items</c>, <c>trust_log</c> for what people decided, and <c>trust_observations</c> for what the
/// optimizer saw; both number their lines together.
/// </summary>
internal sealed class TrustRepository(DbTransaction transaction)
{
    private const string Columns =
        "server_name, kind, name, current_hash, approved_hash, rejected_hash, is_present, changes, renamed_from, findings, approved_text, current_text, " +
        "baselines, first_seen_at, changed_at, decided_at, decided_by, note";

    // Most entries of a catalogue are as they were first listed: their other columns say nothing, and reading a column takes as long as finding its row.
    private const string IsPlain =
        "CASE WHEN approved_hash = current_hash AND rejected_hash IS NULL AND is_present = 1 AND changes = 0 AND renamed_from IS NULL AND findings IS NULL AND approved_text IS NULL " +
        "AND current_text IS NULL AND baselines = 0 AND decided_at IS NULL AND decided_by IS NULL AND note IS NULL THEN 1 ELSE 0 END";

    private const string LogColumns = "id, at, action, server_name, kind, tool_name, hash, approved_hash, decided_by, note, writer";

    private const string ObservationColumns = "id, at, action, server_name, kind, name, hash, approved_hash, NULL, note, writer";

    /// <summary>The entries of all servers, or of one, by server, kind and name.</summary>
    public async Task<IReadOnlyList<TrustEntry>> ListAsync(string? serverName = null, CancellationToken cancellationToken = default) => await (serverName is null
        ? transaction.Command($"SELECT {Columns} FROM trust_items ORDER BY server_name, kind, name")
        : transaction.Command($"SELECT {Columns} FROM trust_items WHERE server_name = @server ORDER BY kind, name", ("@server", serverName)))
            .ReadAllAsync(Map, cancellationToken).ConfigureAwait(false);

    /// <summary>The entries of many servers, by server: few questions, however many there are.</summary>
    public async Task<ILookup<string, TrustEntry>> ListByServersAsync(IReadOnlyCollection<string> serverNames, CancellationToken cancellationToken = default)
    {
        (byte[] Bytes, string Text) server = default;
        return (await transaction.ReadOfManyAsync(
            $"SELECT {Columns}, {IsPlain} FROM trust_items WHERE server_name IN (", ") ORDER BY server_name, kind, name", serverNames, row => MapOfMany(row, ref server), cancellationToken).ConfigureAwait(false))
        .ToLookup(entry => entry.ServerName, StringComparer.Ordinal);
    }

    public Task UpsertAsync(IReadOnlyCollection<TrustEntry> entries, CancellationToken cancellationToken = default) => transaction.RunManyAsync(
        $"""
        INSERT INTO trust_items ({Columns})
        VALUES (@server, @kind, @name, @current, @approved, @rejected, @present, @changes, @renamed, @findings, @approvedText, @currentText,
            @baselines, @firstSeen, @changed, @decided, @by, @note)
        ON CONFLICT (server_name, kind, name) DO UPDATE SET current_hash = excluded.current_hash, approved_hash = excluded.approved_hash,
            rejected_hash = excluded.rejected_hash, is_present = excluded.is_present, changes = excluded.changes, renamed_from = excluded.renamed_from,
            findings = excluded.findings, approved_text = excluded.approved_text, current_text = excluded.current_text, baselines = excluded.baselines,
            changed_at = excluded.changed_at, decided_at = excluded.decided_at, decided_by = excluded.decided_by, note = excluded.note
        """,
        [
            "@server", "@kind", "@name", "@current", "@approved", "@rejected", "@present", "@changes", "@renamed", "@findings", "@approvedText", "@currentText",
            "@baselines", "@firstSeen", "@changed", "@decided", "@by", "@note",
        ],
        entries.Select(entry => new object?[]
        {
            entry.ServerName, (int)entry.Kind, entry.Name ?? "", entry.CurrentHash, entry.ApprovedHash, entry.RejectedHash, entry.IsPresent ? 1 : 0, entry.Changes, entry.RenamedFrom,
            entry.Findings.Count == 0 ? null : JsonSerializer.Serialize(entry.Findings, TrustJsonContext.Default.IReadOnlyListTrustFinding),
            entry.ApprovedText, entry.CurrentText, entry.Baselines, entry.FirstSeenAt.ToUnixTimeMilliseconds(), entry.ChangedAt.ToUnixTimeMilliseconds(),
            entry.DecidedAt?.ToUnixTimeMilliseconds(), entry.DecidedBy, entry.Note,
        }),
        cancellationToken);

    public Task DeleteAsync(IReadOnlyCollection<TrustEntry> entries, CancellationToken cancellationToken = default) => transaction.RunManyAsync(
        "DELETE FROM trust_items WHERE server_name = @server AND kind = @kind AND name = @name",
        ["@server", "@kind", "@name"],
        entries.Select(entry => new object?[] { entry.ServerName, (int)entry.Kind, entry.Name ?? "" }),
        cancellationToken);

    /// <summary>Marks everything of a server as not listed, and keeps the approved definitions that its stored tools still hold. Call it before these are deleted.</summary>
    /// <returns>How many entries were listed until now.</returns>
    public Task<int> MarkGoneAsync(string serverName, DateTimeOffset at, CancellationToken cancellationToken = default) => transaction.Command(
        """
        UPDATE trust_items SET is_present = 0, changed_at = @at, approved_text = COALESCE(approved_text, (
            SELECT t.details FROM tools_workload t JOIN mcpservers_workload s ON s.id = t.mcpserver_id
            WHERE trust_items.kind = 0 AND s.name = trust_items.server_name AND t.name = trust_items.name AND t.content_hash = trust_items.approved_hash))
        WHERE server_name = @server AND is_present = 1
        """,
        ("@server", serverName),
        ("@at", at.ToUnixTimeMilliseconds())).RunAsync(cancellationToken);

    /// <summary>
    /// Adds lines to the log; their ids are given here. Decisions all stay. Of observations at most <paramref name="mostPerHour"/> stand for one server and
    /// hour, and one line more for all that is beyond.
    /// </summary>
    public async Task AppendAsync(IReadOnlyCollection<TrustRecord> records, int mostPerHour, CancellationToken cancellationToken = default)
    {
        foreach (TrustRecord decision in records.Where(record => record.By is not null))
        {
            await InsertAsync("trust_log", "tool_name", decision, cancellationToken).ConfigureAwait(false);
        }

        foreach (IGrouping<string, TrustRecord> observed in records.Where(record => record.By is null).GroupBy(record => record.ServerName, StringComparer.Ordinal))
        {
            await ObserveAsync([.. observed], mostPerHour, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Deletes observations from before a time, but never the newest.</summary>
    public Task ExpireAsync(DateTimeOffset before, CancellationToken cancellationToken = default) => transaction.Command(
        "DELETE FROM trust_observations WHERE at < @before AND id < (SELECT MAX(id) FROM trust_observations)", ("@before", before.UtcDateTime)).RunAsync(cancellationToken);

    /// <summary>The newest lines, newest first.</summary>
    /// <param name="limit">At most so many.</param>
    /// <param name="before">Only lines with a smaller id; null for the newest.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public async Task<IReadOnlyList<TrustRecord>> ReadLogAsync(int limit, long? before = null, CancellationToken cancellationToken = default) =>
        await transaction.Command(
            $"""
            SELECT {LogColumns} FROM trust_log WHERE id < @before UNION ALL SELECT {ObservationColumns} FROM trust_observations WHERE id < @before
            ORDER BY id DESC LIMIT @limit
            """,
            ("@before", before ?? long.MaxValue),
            ("@limit", limit)).ReadAllAsync(MapLog, cancellationToken).ConfigureAwait(false);

    /// <summary>The id of the newest line; 0 when there is none.</summary>
    public async Task<long> LastIdAsync(CancellationToken cancellationToken = default) =>
        (await transaction.Command("SELECT COALESCE(MAX(id), 0) FROM (SELECT MAX(id) AS id FROM trust_log UNION ALL SELECT MAX(id) FROM trust_observations) AS newest")
            .ReadAllAsync(row => row.GetInt64(0), cancellationToken).ConfigureAwait(false))[0];

    /// <summary>Servers of which other writers logged something after a line.</summary>
    public async Task<IReadOnlyList<string>> ListServersOfOthersAsync(long after, string writer, CancellationToken cancellationToken = default) =>
        await transaction.Command(
            """
            SELECT server_name FROM trust_log WHERE id > @after AND writer <> @writer
            UNION SELECT server_name FROM trust_observations WHERE id > @after AND writer <> @writer
            """,
            ("@after", after),
            ("@writer", writer)).ReadAllAsync(row => row.Text(0), cancellationToken).ConfigureAwait(false);

    private async Task ObserveAsync(IReadOnlyList<TrustRecord> records, int mostPerHour, CancellationToken cancellationToken)
    {
        TrustRecord first = records[0];
        DateTime hour = first.At.UtcDateTime.Date.AddHours(first.At.UtcDateTime.Hour);
        List<(string Action, long Suppressed)> present = await transaction.Command(
            "SELECT action, suppressed FROM trust_observations WHERE server_name = @server AND at >= @hour", ("@server", first.ServerName), ("@hour", hour))
            .ReadAllAsync(row => (row.Text(0), row.GetInt64(1)), cancellationToken).ConfigureAwait(false);
        int room = Math.Max(0, mostPerHour - present.Count(line => line.Action != nameof(TrustAction.Summarized)));
        foreach (TrustRecord record in records.Take(room))
        {
            await InsertAsync("trust_observations", "name", record, cancellationToken).ConfigureAwait(false);
        }

        if (records.Count > room)
        {
            // Written anew under a new id each time: other processes go by ids when they look for news.
            long suppressed = present.Sum(line => line.Suppressed) + records.Count - room;
            await transaction.Command(
                "DELETE FROM trust_observations WHERE server_name = @server AND at >= @hour AND action = 'Summarized'", ("@server", first.ServerName), ("@hour", hour)).RunAsync(cancellationToken).ConfigureAwait(false);
            TrustRecord summary = first with
            {
                Action = TrustAction.Summarized,
                Name = null,
                Hash = null,
                ApprovedHash = null,
                Note = string.Create(CultureInfo.InvariantCulture, $"{suppressed} more observations in this hour"),
            };
            await InsertAsync("trust_observations", "name", summary, cancellationToken, suppressed).ConfigureAwait(false);
        }
    }

    private async Task InsertAsync(string table, string nameColumn, TrustRecord record, CancellationToken cancellationToken, long suppressed = 0)
    {
        long id = await LastIdAsync(cancellationToken).ConfigureAwait(false) + 1;
        string own = table == "trust_log" ? "decided_by" : "suppressed";
        await transaction.Command(
            $"INSERT INTO {table} (id, at, action, server_name, kind, {nameColumn}, hash, approved_hash, {own}, note, writer) VALUES (@id, @at, @action, @server, @kind, @name, @hash, @approved, @own, @note, @writer)",
            ("@id", id),
            ("@at", record.At.UtcDateTime),
            ("@action", record.Action.ToString()),
            ("@server", record.ServerName),
            ("@kind", (int)record.Kind),
            ("@name", record.Name),
            ("@hash", record.Hash),
            ("@approved", record.ApprovedHash),
            ("@own", table == "trust_log" ? record.By : suppressed),
            ("@note", record.Note),
            ("@writer", record.Writer)).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    private static TrustEntry MapOfMany(DbDataReader row, ref (byte[] Bytes, string Text) server)
    {
        TrustKind kind = (TrustKind)row.GetInt32(1);
        if (row.GetInt32(18) == 0 || kind is TrustKind.Instructions or TrustKind.Endpoint)
        {
            return Map(row);
        }

        // Rows come by server.
        string hash = row.Text(3);
        return new TrustEntry
        {
            ServerName = row.SharedText(0, ref server),
            Kind = kind,
            Name = row.Text(2),
            CurrentHash = hash,
            ApprovedHash = hash,
            FirstSeenAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(13)),
            ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(14)),
        };
    }

    private static TrustEntry Map(DbDataReader row)
    {
        TrustKind kind = (TrustKind)row.GetInt32(1);
        return new TrustEntry
        {
            ServerName = row.Text(0),
            Kind = kind,
            Name = kind is TrustKind.Instructions or TrustKind.Endpoint ? null : row.Text(2),
            CurrentHash = row.Text(3),
            ApprovedHash = row.TextOrNull(4),
            RejectedHash = row.TextOrNull(5),
            IsPresent = row.Flag(6),
            Changes = row.GetInt32(7),
            RenamedFrom = row.TextOrNull(8),
            Findings = row.IsDBNull(9) ? [] : JsonSerializer.Deserialize(row.Text(9), TrustJsonContext.Default.IReadOnlyListTrustFinding)!,
            ApprovedText = row.TextOrNull(10),
            CurrentText = row.TextOrNull(11),
            Baselines = row.GetInt32(12),
            FirstSeenAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(13)),
            ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(14)),
            DecidedAt = row.IsDBNull(15) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(15)),
            DecidedBy = row.TextOrNull(16),
            Note = row.TextOrNull(17),
        };
    }

    private static TrustRecord MapLog(DbDataReader row) => new()
    {
        Id = row.GetInt64(0),
        At = new DateTimeOffset(DateTime.SpecifyKind(row.GetDateTime(1), DateTimeKind.Utc)),
        Action = Enum.Parse<TrustAction>(row.Text(2)),
        ServerName = row.Text(3),
        Kind = (TrustKind)row.GetInt32(4),
        Name = row.TextOrNull(5),
        Hash = row.TextOrNull(6),
        ApprovedHash = row.TextOrNull(7),
        By = row.TextOrNull(8),
        Note = row.TextOrNull(9),
        Writer = row.Text(10),
    };
}
