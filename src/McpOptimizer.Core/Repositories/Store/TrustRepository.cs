using System.Data.Common;
using System.Text.Json;
using McpOptimizer.Core.Clients.Database;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>Tables <c>trust_entries</c> and <c>trust_log</c>.</summary>
internal sealed class TrustRepository(DbTransaction transaction) : ITrustRepository
{
    private const string Columns =
        "server_name, tool_name, current_hash, approved_hash, rejected_hash, is_present, renamed_from, findings, approved_text, current_text, " +
        "first_seen_at, changed_at, decided_at, decided_by, note";

    private const string LogColumns = "id, at, action, server_name, tool_name, hash, approved_hash, decided_by, note, writer";

    public async Task<IReadOnlyList<TrustEntry>> ListAsync(string? serverName = null, CancellationToken cancellationToken = default) => await (serverName is null
        ? transaction.Command($"SELECT {Columns} FROM trust_entries ORDER BY server_name, tool_name")
        : transaction.Command($"SELECT {Columns} FROM trust_entries WHERE server_name = @server ORDER BY tool_name", ("@server", serverName)))
            .ReadAllAsync(Map, cancellationToken).ConfigureAwait(false);

    public async Task UpsertAsync(IReadOnlyCollection<TrustEntry> entries, CancellationToken cancellationToken = default)
    {
        if (entries.Count == 0)
        {
            return;
        }

        DbCommand command = transaction.Command(
            $"""
            INSERT INTO trust_entries ({Columns})
            VALUES (@server, @tool, @current, @approved, @rejected, @present, @renamed, @findings, @approvedText, @currentText, @firstSeen, @changed, @decided, @by, @note)
            ON CONFLICT (server_name, tool_name) DO UPDATE SET current_hash = excluded.current_hash, approved_hash = excluded.approved_hash,
                rejected_hash = excluded.rejected_hash, is_present = excluded.is_present, renamed_from = excluded.renamed_from, findings = excluded.findings,
                approved_text = excluded.approved_text, current_text = excluded.current_text, changed_at = excluded.changed_at,
                decided_at = excluded.decided_at, decided_by = excluded.decided_by, note = excluded.note
            """,
            ("@server", ""), ("@tool", ""), ("@current", ""), ("@approved", null), ("@rejected", null), ("@present", 1), ("@renamed", null), ("@findings", null),
            ("@approvedText", null), ("@currentText", null), ("@firstSeen", null), ("@changed", null), ("@decided", null), ("@by", null), ("@note", null));
        await using (command.ConfigureAwait(false))
        {
            foreach (TrustEntry entry in entries)
            {
                // By position: looking fifteen names up costs more than the rest.
                object[] values =
                [
                    entry.ServerName, entry.ToolName ?? "", entry.CurrentHash, OrNull(entry.ApprovedHash), OrNull(entry.RejectedHash), entry.IsPresent ? 1 : 0, OrNull(entry.RenamedFrom),
                    entry.Findings.Count == 0 ? DBNull.Value : JsonSerializer.Serialize(entry.Findings, TrustJsonContext.Default.IReadOnlyListTrustFinding),
                    OrNull(entry.ApprovedText), OrNull(entry.CurrentText), entry.FirstSeenAt.ToUnixTimeMilliseconds(), entry.ChangedAt.ToUnixTimeMilliseconds(),
                    entry.DecidedAt is { } decided ? decided.ToUnixTimeMilliseconds() : DBNull.Value, OrNull(entry.DecidedBy), OrNull(entry.Note),
                ];
                for (int i = 0; i < values.Length; i++)
                {
                    command.Parameters[i].Value = values[i];
                }

                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public Task<int> MarkGoneAsync(string serverName, DateTimeOffset at, CancellationToken cancellationToken = default) => transaction.Command(
        """
        UPDATE trust_entries SET is_present = 0, changed_at = @at, approved_text = COALESCE(approved_text, (
            SELECT t.details FROM tools_workload t JOIN mcpservers_workload s ON s.id = t.mcpserver_id
            WHERE s.name = trust_entries.server_name AND t.name = trust_entries.tool_name AND t.content_hash = trust_entries.approved_hash))
        WHERE server_name = @server AND is_present = 1
        """,
        ("@server", serverName),
        ("@at", at.ToUnixTimeMilliseconds())).RunAsync(cancellationToken);

    public Task TrimGoneAsync(string serverName, int keep, CancellationToken cancellationToken = default) => transaction.Command(
        """
        DELETE FROM trust_entries WHERE server_name = @server AND is_present = 0 AND tool_name NOT IN (
            SELECT tool_name FROM trust_entries WHERE server_name = @server AND is_present = 0 ORDER BY changed_at DESC, tool_name LIMIT @keep)
        """,
        ("@server", serverName),
        ("@keep", keep)).RunAsync(cancellationToken);

    public async Task AppendAsync(IReadOnlyCollection<TrustRecord> records, CancellationToken cancellationToken = default)
    {
        if (records.Count == 0)
        {
            return;
        }

        long id = await LastIdAsync(cancellationToken).ConfigureAwait(false);
        DbCommand command = transaction.Command(
            $"INSERT INTO trust_log ({LogColumns}) VALUES (@id, @at, @action, @server, @tool, @hash, @approved, @by, @note, @writer)",
            ("@id", 0), ("@at", null), ("@action", ""), ("@server", ""), ("@tool", null), ("@hash", null), ("@approved", null), ("@by", null), ("@note", null), ("@writer", ""));
        await using (command.ConfigureAwait(false))
        {
            foreach (TrustRecord record in records)
            {
                command.Parameters["@id"].Value = ++id;
                command.Parameters["@at"].Value = record.At.UtcDateTime;
                command.Parameters["@action"].Value = record.Action.ToString();
                command.Parameters["@server"].Value = record.ServerName;
                command.Parameters["@tool"].Value = OrNull(record.ToolName);
                command.Parameters["@hash"].Value = OrNull(record.Hash);
                command.Parameters["@approved"].Value = OrNull(record.ApprovedHash);
                command.Parameters["@by"].Value = OrNull(record.By);
                command.Parameters["@note"].Value = OrNull(record.Note);
                command.Parameters["@writer"].Value = record.Writer;
                await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public async Task<IReadOnlyList<TrustRecord>> ReadLogAsync(int limit, long? before = null, CancellationToken cancellationToken = default) =>
        await transaction.Command($"SELECT {LogColumns} FROM trust_log WHERE id < @before ORDER BY id DESC LIMIT @limit", ("@before", before ?? long.MaxValue), ("@limit", limit))
            .ReadAllAsync(MapLog, cancellationToken).ConfigureAwait(false);

    public async Task<long> LastIdAsync(CancellationToken cancellationToken = default) =>
        (await transaction.Command("SELECT COALESCE(MAX(id), 0) FROM trust_log").ReadAllAsync(row => row.GetInt64(0), cancellationToken).ConfigureAwait(false))[0];

    public async Task<IReadOnlyList<string>> ListServersOfOthersAsync(long after, string writer, CancellationToken cancellationToken = default) =>
        await transaction.Command("SELECT DISTINCT server_name FROM trust_log WHERE id > @after AND writer <> @writer", ("@after", after), ("@writer", writer))
            .ReadAllAsync(row => row.GetString(0), cancellationToken).ConfigureAwait(false);

    private static object OrNull(string? text) => (object?)text ?? DBNull.Value;

    private static TrustEntry Map(DbDataReader row) => new()
    {
        ServerName = row.GetString(0),
        ToolName = row.GetString(1) is { Length: > 0 } tool ? tool : null,
        CurrentHash = row.GetString(2),
        ApprovedHash = row.TextOrNull(3),
        RejectedHash = row.TextOrNull(4),
        IsPresent = row.Flag(5),
        RenamedFrom = row.TextOrNull(6),
        Findings = row.IsDBNull(7) ? [] : JsonSerializer.Deserialize(row.GetString(7), TrustJsonContext.Default.IReadOnlyListTrustFinding)!,
        ApprovedText = row.TextOrNull(8),
        CurrentText = row.TextOrNull(9),
        FirstSeenAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(10)),
        ChangedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(11)),
        DecidedAt = row.IsDBNull(12) ? null : DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(12)),
        DecidedBy = row.TextOrNull(13),
        Note = row.TextOrNull(14),
    };

    private static TrustRecord MapLog(DbDataReader row) => new()
    {
        Id = row.GetInt64(0),
        At = new DateTimeOffset(DateTime.SpecifyKind(row.GetDateTime(1), DateTimeKind.Utc)),
        Action = Enum.Parse<TrustAction>(row.GetString(2)),
        ServerName = row.GetString(3),
        ToolName = row.TextOrNull(4),
        Hash = row.TextOrNull(5),
        ApprovedHash = row.TextOrNull(6),
        By = row.TextOrNull(7),
        Note = row.TextOrNull(8),
        Writer = row.GetString(9),
    };
}
