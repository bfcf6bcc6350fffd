using System.Data.Common;
using System.Globalization;

namespace McpOptimizer.Core.Clients.Database;

/// <summary>
/// The schema, version by version. A version only adds to the tables of the Python original: what is there stays as it is, so a file of it, or one that a
/// migration was interrupted on, keeps its rows. Runs inside one transaction.
/// </summary>
internal static class SqliteMigrations
{
    /// <summary>The version this code writes.</summary>
    public const int CurrentVersion = 7;

    private static readonly Table[] Tables =
    [
        new(
            "mcpservers_registry",
            [
                new("id", "TEXT PRIMARY KEY"),
                new("name", "TEXT NOT NULL"),
                new("url", "TEXT"),
                new("package", "TEXT"),
                new("remote", "INTEGER NOT NULL"),
                new("transport", "TEXT NOT NULL"),
                new("description", "TEXT"),
                new("server_embedding", "BLOB"),
                new("\"group\"", "TEXT NOT NULL DEFAULT 'default'"),
                new("last_updated", "TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP"),
                new("created_at", "TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP"),
                new("content_hash", "TEXT"),
                new("embedding_model", "TEXT"),
            ],
            "CHECK ((remote = 1 AND url IS NOT NULL) OR (remote = 0 AND package IS NOT NULL))"),
        new(
            "mcpservers_workload",
            [
                new("id", "TEXT PRIMARY KEY"),
                new("name", "TEXT NOT NULL UNIQUE"),
                new("url", "TEXT NOT NULL"),
                new("workload_identifier", "TEXT NOT NULL"),
                new("remote", "INTEGER NOT NULL"),
                new("transport", "TEXT NOT NULL"),
                new("status", "TEXT NOT NULL"),
                new("registry_server_id", "TEXT REFERENCES mcpservers_registry(id) ON DELETE SET NULL"),
                new("registry_server_name", "TEXT"),
                new("description", "TEXT"),
                new("server_embedding", "BLOB"),
                new("\"group\"", "TEXT NOT NULL DEFAULT 'default'"),
                new("virtual_mcp", "INTEGER NOT NULL DEFAULT 0"),
                new("last_updated", "TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP"),
                new("created_at", "TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP"),
                new("source", "TEXT"),
                new("status_reason", "TEXT"),
                new("tools_hash", "TEXT"),
                new("embedding_model", "TEXT"),
                new("listing_mark", "TEXT"),
            ],
            null),
        new(
            "tools_registry",
            [
                new("id", "TEXT PRIMARY KEY"),
                new("mcpserver_id", "TEXT NOT NULL REFERENCES mcpservers_registry(id) ON DELETE CASCADE"),
                new("details", "TEXT NOT NULL"),
                new("details_embedding", "BLOB"),
                new("last_updated", "TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP"),
                new("created_at", "TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP"),
                new("name", "TEXT"),
                new("content_hash", "TEXT"),
                new("embedding_model", "TEXT"),
            ],
            null),
        new(
            "tools_workload",
            [
                new("id", "TEXT PRIMARY KEY"),
                new("mcpserver_id", "TEXT NOT NULL REFERENCES mcpservers_workload(id) ON DELETE CASCADE"),
                new("details", "TEXT NOT NULL"),
                new("details_embedding", "BLOB"),
                new("token_count", "INTEGER NOT NULL DEFAULT 0"),
                new("last_updated", "TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP"),
                new("created_at", "TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP"),
                new("name", "TEXT"),
                new("content_hash", "TEXT"),
                new("embedding_model", "TEXT"),
            ],
            null),

        // By names and without references: what was approved outlives the rows of servers and tools. Instructions and endpoints have an empty name. Times are
        // Unix milliseconds: every entry is read at each start.
        new(
            "trust_items",
            [
                new("server_name", "TEXT NOT NULL"),
                new("kind", "INTEGER NOT NULL"),
                new("name", "TEXT NOT NULL"),
                new("current_hash", "TEXT NOT NULL"),
                new("approved_hash", "TEXT"),
                new("rejected_hash", "TEXT"),
                new("is_present", "INTEGER NOT NULL DEFAULT 1"),
                new("changes", "INTEGER NOT NULL DEFAULT 0"),
                new("renamed_from", "TEXT"),
                new("findings", "TEXT"),
                new("approved_text", "TEXT"),
                new("current_text", "TEXT"),
                new("baselines", "INTEGER NOT NULL DEFAULT 0"),
                new("first_seen_at", "INTEGER NOT NULL"),
                new("changed_at", "INTEGER NOT NULL"),
                new("decided_at", "INTEGER"),
                new("decided_by", "TEXT"),
                new("note", "TEXT"),
            ],
            "PRIMARY KEY (server_name, kind, name)",
            " WITHOUT ROWID"),
        new(
            "trust_log",
            [
                new("id", "INTEGER PRIMARY KEY"),
                new("at", "TIMESTAMP NOT NULL"),
                new("action", "TEXT NOT NULL"),
                new("server_name", "TEXT NOT NULL"),
                new("tool_name", "TEXT"),
                new("hash", "TEXT"),
                new("approved_hash", "TEXT"),
                new("decided_by", "TEXT"),
                new("note", "TEXT"),
                new("writer", "TEXT NOT NULL"),
                new("kind", "INTEGER NOT NULL DEFAULT 0"),
            ],
            null),
        new(
            "trust_observations",
            [
                new("id", "INTEGER PRIMARY KEY"),
                new("at", "TIMESTAMP NOT NULL"),
                new("action", "TEXT NOT NULL"),
                new("server_name", "TEXT NOT NULL"),
                new("kind", "INTEGER NOT NULL DEFAULT 0"),
                new("name", "TEXT"),
                new("hash", "TEXT"),
                new("approved_hash", "TEXT"),
                new("note", "TEXT"),
                new("suppressed", "INTEGER NOT NULL DEFAULT 0"),
                new("writer", "TEXT NOT NULL"),
            ],
            null),

        // By names and without references: what was learned outlives a server that is away for a while. Times are Unix milliseconds.
        new(
            "learned_requests",
            [
                new("id", "TEXT PRIMARY KEY"),
                new("at", "INTEGER NOT NULL"),
                new("profile", "TEXT NOT NULL"),
                new("caller", "TEXT NOT NULL"),
                new("model", "TEXT NOT NULL"),
                new("vector", "BLOB"),
                new("request_text", "TEXT"),
            ],
            null),
        new(
            "learned_outcomes",
            [
                new("request_id", "TEXT NOT NULL"),
                new("place", "INTEGER NOT NULL"),
                new("server_name", "TEXT NOT NULL"),
                new("tool_name", "TEXT NOT NULL"),
                new("definition_hash", "TEXT NOT NULL"),
                new("kind", "INTEGER NOT NULL"),
            ],
            "PRIMARY KEY (request_id, place)",
            " WITHOUT ROWID"),

        // By definition, not by tool: what was paid for once serves every server that lists the same, and a definition that comes back.
        new(
            "tool_enrichments",
            [
                new("definition_hash", "TEXT NOT NULL"),
                new("model", "TEXT NOT NULL"),
                new("prompt_version", "INTEGER NOT NULL"),
                new("state", "INTEGER NOT NULL"),
                new("purpose", "TEXT NOT NULL"),
                new("requests", "TEXT NOT NULL"),
                new("reason", "TEXT"),
                new("at", "INTEGER NOT NULL"),
                new("calls", "INTEGER NOT NULL"),
                new("tokens", "INTEGER NOT NULL"),
            ],
            "PRIMARY KEY (definition_hash, model, prompt_version)",
            " WITHOUT ROWID"),

        // One row: which database this is, and how many transactions were written.
        new("store_state", [new("id", "TEXT NOT NULL"), new("generation", "INTEGER NOT NULL")], null),
    ];

    // From version 2: entries had no kind, the endpoint was not watched, and what the optimizer saw stood among the decisions.
    private static readonly string[] ToVersion3 =
    [
        """
        INSERT OR IGNORE INTO trust_items (server_name, kind, name, current_hash, approved_hash, rejected_hash, is_present, changes, renamed_from, findings,
            approved_text, current_text, first_seen_at, changed_at, decided_at, decided_by, note)
        SELECT server_name, tool_name = '', tool_name, current_hash, approved_hash, rejected_hash, is_present, approved_hash IS NOT NULL AND approved_hash <> current_hash,
            renamed_from, findings, approved_text, current_text, first_seen_at, changed_at, decided_at, decided_by, note FROM trust_entries
        """,
        """
        INSERT OR IGNORE INTO trust_items (server_name, kind, name, current_hash, approved_hash, is_present, baselines, first_seen_at, changed_at)
        SELECT server_name, 2, '', '', '', MAX(is_present), 3, MIN(first_seen_at), MAX(changed_at) FROM trust_entries GROUP BY server_name
        """,
        "DROP TABLE trust_entries",
        """
        INSERT OR IGNORE INTO trust_observations (id, at, action, server_name, name, hash, approved_hash, note, writer)
        SELECT id, at, action, server_name, tool_name, hash, approved_hash, note, writer FROM trust_log WHERE decided_by IS NULL ORDER BY id DESC LIMIT 1000
        """,
        "DROP TRIGGER IF EXISTS trust_log_keeps_lines",
        "DELETE FROM trust_log WHERE decided_by IS NULL",
    ];

    // What was decided stays, whoever holds the file open.
    private static readonly string[] Triggers =
    [
        "CREATE TRIGGER IF NOT EXISTS trust_log_keeps_lines BEFORE DELETE ON trust_log BEGIN SELECT RAISE(ABORT, 'trust_log only grows'); END",
        "CREATE TRIGGER IF NOT EXISTS trust_log_keeps_words BEFORE UPDATE ON trust_log BEGIN SELECT RAISE(ABORT, 'trust_log only grows'); END",
    ];

    private static readonly string[] Indexes =
    [
        "CREATE UNIQUE INDEX IF NOT EXISTS idx_registry_url ON mcpservers_registry(url) WHERE remote = 1",
        "CREATE UNIQUE INDEX IF NOT EXISTS idx_registry_package ON mcpservers_registry(package) WHERE remote = 0",
        "CREATE INDEX IF NOT EXISTS idx_registry_remote ON mcpservers_registry(remote)",
        "CREATE INDEX IF NOT EXISTS idx_workload_registry_server_id ON mcpservers_workload(registry_server_id)",
        "CREATE INDEX IF NOT EXISTS idx_workload_remote ON mcpservers_workload(remote)",
        "CREATE INDEX IF NOT EXISTS idx_workload_status ON mcpservers_workload(status)",
        "CREATE INDEX IF NOT EXISTS idx_tools_registry_server ON tools_registry(mcpserver_id)",
        "CREATE INDEX IF NOT EXISTS idx_tools_workload_server ON tools_workload(mcpserver_id)",
        // Null names (rows of the Python original, until they are read again) do not collide.
        "CREATE UNIQUE INDEX IF NOT EXISTS idx_tools_registry_name ON tools_registry(mcpserver_id, name)",
        "CREATE UNIQUE INDEX IF NOT EXISTS idx_tools_workload_name ON tools_workload(mcpserver_id, name)",
        "CREATE INDEX IF NOT EXISTS idx_trust_observations_server ON trust_observations(server_name, at)",
        "CREATE INDEX IF NOT EXISTS idx_tool_enrichments_at ON tool_enrichments(at)",
    ];

    // Rows of the Python original have the name in the definition only. What has none there either can be neither called nor told from others.
    private static readonly string[] Fills =
    [
        .. new[] { "tools_registry", "tools_workload" }.SelectMany(table => new[]
        {
            $"UPDATE OR IGNORE {table} SET name = CASE WHEN json_valid(details) THEN json_extract(details, '$.name') END WHERE name IS NULL",
            $"DELETE FROM {table} WHERE name IS NULL",
        }),
        "INSERT INTO store_state (id, generation) SELECT lower(hex(randomblob(16))), 0 WHERE NOT EXISTS (SELECT 1 FROM store_state)",
    ];

    /// <summary>Brings the schema to <see cref="CurrentVersion"/>.</summary>
    /// <returns>Whether the file holds the tables of an older program, and none of ours until now: what it knew has to be read anew.</returns>
    /// <exception cref="OptimizerStoreException">The database says it is of a newer version.</exception>
    public static async Task<bool> ApplyAsync(DbTransaction transaction, TimeProvider clock, CancellationToken cancellationToken = default)
    {
        await ExecuteAsync(transaction, "CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, applied_at TIMESTAMP NOT NULL)", cancellationToken).ConfigureAwait(false);
        long version = await ScalarAsync(transaction, "SELECT COALESCE(MAX(version), 0) FROM schema_migrations", cancellationToken).ConfigureAwait(false);
        if (version > CurrentVersion)
        {
            throw new OptimizerStoreException(
                $"The database was written by a newer version (schema {version}; this one knows up to {CurrentVersion}). Nothing was changed; update the optimizer or name another file (Store.DatabasePath).");
        }

        bool isOlder = (await ColumnsAsync(transaction, "mcpserver", cancellationToken).ConfigureAwait(false)).Count > 0
            && (await ColumnsAsync(transaction, "mcpservers_workload", cancellationToken).ConfigureAwait(false)).Count == 0;

        foreach (Table table in Tables)
        {
            await EnsureTableAsync(transaction, table, cancellationToken).ConfigureAwait(false);
        }

        bool hadEntries = (await ColumnsAsync(transaction, "trust_entries", cancellationToken).ConfigureAwait(false)).Count > 0;
        foreach (string statement in (hadEntries ? ToVersion3 : []).Concat(Indexes).Concat(Triggers).Concat(Fills))
        {
            await ExecuteAsync(transaction, statement, cancellationToken).ConfigureAwait(false);
        }

        if (version < CurrentVersion)
        {
            string appliedAt = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture);
            await ExecuteAsync(transaction, $"INSERT INTO schema_migrations(version, applied_at) VALUES ({CurrentVersion}, '{appliedAt}')", cancellationToken).ConfigureAwait(false);
        }

        return isOlder;
    }

    /// <summary>The version of the schema; 0 where there is none.</summary>
    public static async Task<long> VersionAsync(DbTransaction transaction, CancellationToken cancellationToken = default) =>
        (await ColumnsAsync(transaction, "schema_migrations", cancellationToken).ConfigureAwait(false)).Count == 0
            ? 0
            : await ScalarAsync(transaction, "SELECT COALESCE(MAX(version), 0) FROM schema_migrations", cancellationToken).ConfigureAwait(false);

    /// <summary>What tells this database from others; null where it does not say.</summary>
    public static async Task<SqliteMark?> ReadMarkAsync(DbTransaction transaction, CancellationToken cancellationToken = default) =>
        (await transaction.Command("SELECT id, generation FROM store_state").ReadAllAsync(row => new SqliteMark(row.GetString(0), row.GetInt64(1)), cancellationToken).ConfigureAwait(false))
            .FirstOrDefault();

    /// <summary>Counts one more written transaction.</summary>
    public static async Task<SqliteMark?> CountWriteAsync(DbTransaction transaction, CancellationToken cancellationToken = default)
    {
        await ExecuteAsync(transaction, "UPDATE store_state SET generation = generation + 1", cancellationToken).ConfigureAwait(false);
        return await ReadMarkAsync(transaction, cancellationToken).ConfigureAwait(false);
    }

    private static async Task EnsureTableAsync(DbTransaction transaction, Table table, CancellationToken cancellationToken)
    {
        HashSet<string> present = await ColumnsAsync(transaction, table.Name, cancellationToken).ConfigureAwait(false);
        if (present.Count == 0)
        {
            IEnumerable<string> parts = table.Columns.Select(column => $"{column.Name} {column.Definition}");
            if (table.Constraint is not null)
            {
                parts = parts.Append(table.Constraint);
            }

            await ExecuteAsync(transaction, $"CREATE TABLE {table.Name} ({string.Join(", ", parts)}){table.Options}", cancellationToken).ConfigureAwait(false);
            return;
        }

        foreach (Column column in table.Columns.Where(column => !present.Contains(column.Name.Trim('"'))))
        {
            await ExecuteAsync(transaction, $"ALTER TABLE {table.Name} ADD COLUMN {column.Name} {column.Definition}", cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<HashSet<string>> ColumnsAsync(DbTransaction transaction, string table, CancellationToken cancellationToken)
    {
        List<string> names = await transaction.Command($"PRAGMA table_info({table})").ReadAllAsync(row => row.GetString(1), cancellationToken).ConfigureAwait(false);
        return names.ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    private static Task<int> ExecuteAsync(DbTransaction transaction, string sql, CancellationToken cancellationToken) =>
        transaction.Command(sql).RunAsync(cancellationToken);

    private static async Task<long> ScalarAsync(DbTransaction transaction, string sql, CancellationToken cancellationToken)
    {
        DbCommand command = transaction.Command(sql);
        await using (command.ConfigureAwait(false))
        {
            return Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false), CultureInfo.InvariantCulture);
        }
    }

    private sealed record Column(string Name, string Definition);

    private sealed record Table(string Name, IReadOnlyList<Column> Columns, string? Constraint, string Options = "");
}
