using System.Data.Common;
using System.Globalization;
using McpOptimizer.Core.Clients.Database;

namespace McpOptimizer.PostgreSql.Clients;

/// <summary>
/// The schema, version by version. PostgreSQL changes tables inside transactions: all of it runs in one, under the lock of writers, so that a migration that is
/// killed leaves nothing and two that start at once follow one another.
/// </summary>
internal static class PostgreSqlMigrations
{
    /// <summary>The version this code writes.</summary>
    public const int CurrentVersion = 3;

    /// <summary>The oldest version of this code that can work on what this one writes: while an upgrade is under way, both do.</summary>
    public const int OldestReader = 1;

    // Column names and meanings are SQLite's; text sorts by its bytes, as there, whatever the database's language is. Flags are numbers as there.
    private static readonly string[] Versions =
    [
        """
        CREATE TABLE store_state (id TEXT NOT NULL, generation BIGINT NOT NULL);
        INSERT INTO store_state (id, generation) VALUES (replace(gen_random_uuid()::text, '-', ''), 0);

        CREATE TABLE mcpservers_registry (
            id TEXT COLLATE "C" PRIMARY KEY,
            name TEXT COLLATE "C" NOT NULL,
            url TEXT COLLATE "C",
            package TEXT COLLATE "C",
            remote INTEGER NOT NULL,
            transport TEXT NOT NULL,
            description TEXT,
            server_embedding BYTEA,
            "group" TEXT NOT NULL DEFAULT 'default',
            last_updated TIMESTAMPTZ NOT NULL DEFAULT now(),
            created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
            content_hash TEXT,
            embedding_model TEXT,
            CHECK ((remote = 1 AND url IS NOT NULL) OR (remote = 0 AND package IS NOT NULL)));
        CREATE UNIQUE INDEX idx_registry_url ON mcpservers_registry(url) WHERE remote = 1;
        CREATE UNIQUE INDEX idx_registry_package ON mcpservers_registry(package) WHERE remote = 0;

        CREATE TABLE mcpservers_workload (
            id TEXT COLLATE "C" PRIMARY KEY,
            name TEXT COLLATE "C" NOT NULL UNIQUE,
            url TEXT NOT NULL,
            workload_identifier TEXT NOT NULL,
            remote INTEGER NOT NULL,
            transport TEXT NOT NULL,
            status TEXT NOT NULL,
            registry_server_id TEXT COLLATE "C" REFERENCES mcpservers_registry(id) ON DELETE SET NULL,
            registry_server_name TEXT,
            description TEXT,
            server_embedding BYTEA,
            "group" TEXT NOT NULL DEFAULT 'default',
            virtual_mcp INTEGER NOT NULL DEFAULT 0,
            last_updated TIMESTAMPTZ NOT NULL DEFAULT now(),
            created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
            source TEXT,
            status_reason TEXT,
            tools_hash TEXT,
            embedding_model TEXT);
        CREATE INDEX idx_workload_registry_server_id ON mcpservers_workload(registry_server_id);

        CREATE TABLE tools_registry (
            id TEXT COLLATE "C" PRIMARY KEY,
            mcpserver_id TEXT COLLATE "C" NOT NULL REFERENCES mcpservers_registry(id) ON DELETE CASCADE,
            details TEXT NOT NULL,
            details_embedding BYTEA,
            last_updated TIMESTAMPTZ NOT NULL DEFAULT now(),
            created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
            name TEXT COLLATE "C",
            content_hash TEXT,
            embedding_model TEXT);
        CREATE UNIQUE INDEX idx_tools_registry_name ON tools_registry(mcpserver_id, name);

        CREATE TABLE tools_workload (
            id TEXT COLLATE "C" PRIMARY KEY,
            mcpserver_id TEXT COLLATE "C" NOT NULL REFERENCES mcpservers_workload(id) ON DELETE CASCADE,
            details TEXT NOT NULL,
            details_embedding BYTEA,
            token_count INTEGER NOT NULL DEFAULT 0,
            last_updated TIMESTAMPTZ NOT NULL DEFAULT now(),
            created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
            name TEXT COLLATE "C",
            content_hash TEXT,
            embedding_model TEXT);
        CREATE UNIQUE INDEX idx_tools_workload_name ON tools_workload(mcpserver_id, name);

        CREATE TABLE trust_items (
            server_name TEXT COLLATE "C" NOT NULL,
            kind INTEGER NOT NULL,
            name TEXT COLLATE "C" NOT NULL,
            current_hash TEXT NOT NULL,
            approved_hash TEXT,
            rejected_hash TEXT,
            is_present INTEGER NOT NULL DEFAULT 1,
            changes INTEGER NOT NULL DEFAULT 0,
            renamed_from TEXT,
            findings TEXT,
            approved_text TEXT,
            current_text TEXT,
            baselines INTEGER NOT NULL DEFAULT 0,
            first_seen_at BIGINT NOT NULL,
            changed_at BIGINT NOT NULL,
            decided_at BIGINT,
            decided_by TEXT,
            note TEXT,
            PRIMARY KEY (server_name, kind, name));

        CREATE TABLE trust_log (
            id BIGINT PRIMARY KEY,
            at TIMESTAMPTZ NOT NULL,
            action TEXT NOT NULL,
            server_name TEXT COLLATE "C" NOT NULL,
            tool_name TEXT,
            hash TEXT,
            approved_hash TEXT,
            decided_by TEXT,
            note TEXT,
            writer TEXT NOT NULL,
            kind INTEGER NOT NULL DEFAULT 0);

        CREATE TABLE trust_observations (
            id BIGINT PRIMARY KEY,
            at TIMESTAMPTZ NOT NULL,
            action TEXT NOT NULL,
            server_name TEXT COLLATE "C" NOT NULL,
            kind INTEGER NOT NULL DEFAULT 0,
            name TEXT,
            hash TEXT,
            approved_hash TEXT,
            note TEXT,
            suppressed BIGINT NOT NULL DEFAULT 0,
            writer TEXT NOT NULL);
        CREATE INDEX idx_trust_observations_server ON trust_observations(server_name, at);

        CREATE FUNCTION trust_log_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'trust_log only grows'; END $$;
        CREATE TRIGGER trust_log_keeps BEFORE UPDATE OR DELETE ON trust_log FOR EACH ROW EXECUTE FUNCTION trust_log_only_grows();

        CREATE TABLE store_leases (name TEXT PRIMARY KEY, holder TEXT NOT NULL, holder_name TEXT NOT NULL, fence BIGINT NOT NULL, until TIMESTAMPTZ NOT NULL);

        CREATE TABLE store_shared (key TEXT PRIMARY KEY, value BYTEA NOT NULL, made TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp(), until TIMESTAMPTZ NOT NULL);
        CREATE INDEX idx_store_shared_made ON store_shared(made);

        CREATE TABLE oauth_tokens (key TEXT PRIMARY KEY, tokens TEXT, scopes TEXT NOT NULL DEFAULT '', written_at TIMESTAMPTZ NOT NULL, refresher TEXT, refreshing_until TIMESTAMPTZ);

        CREATE TABLE learned_requests (
            id TEXT COLLATE "C" PRIMARY KEY,
            at BIGINT NOT NULL,
            profile TEXT NOT NULL,
            caller TEXT NOT NULL,
            model TEXT NOT NULL,
            vector BYTEA,
            request_text TEXT);
        CREATE TABLE learned_outcomes (
            request_id TEXT COLLATE "C" NOT NULL,
            place INTEGER NOT NULL,
            server_name TEXT NOT NULL,
            tool_name TEXT NOT NULL,
            definition_hash TEXT NOT NULL,
            kind INTEGER NOT NULL,
            PRIMARY KEY (request_id, place));

        -- The last change of each server, one row for each: whoever was away asks for what came after the sequence he knows.
        CREATE TABLE store_changes (
            kind SMALLINT NOT NULL,
            subject TEXT COLLATE "C" NOT NULL,
            sequence BIGINT NOT NULL,
            writer TEXT NOT NULL,
            PRIMARY KEY (kind, subject));
        CREATE INDEX idx_store_changes_sequence ON store_changes(sequence);

        CREATE FUNCTION store_note_server() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO store_changes (kind, subject, sequence, writer)
            VALUES (TG_ARGV[0]::smallint, CASE WHEN TG_OP = 'DELETE' THEN OLD.id ELSE NEW.id END,
                (SELECT generation + 1 FROM store_state), coalesce(current_setting('mcp_optimizer.writer', true), ''))
            ON CONFLICT (kind, subject) DO UPDATE SET sequence = excluded.sequence, writer = excluded.writer;
            RETURN NULL;
        END $$;
        CREATE TRIGGER mcpservers_workload_noted AFTER INSERT OR UPDATE OR DELETE ON mcpservers_workload FOR EACH ROW EXECUTE FUNCTION store_note_server(0);
        CREATE TRIGGER mcpservers_registry_noted AFTER INSERT OR UPDATE OR DELETE ON mcpservers_registry FOR EACH ROW EXECUTE FUNCTION store_note_server(1);

        CREATE FUNCTION store_note_trust() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            INSERT INTO store_changes (kind, subject, sequence, writer)
            SELECT DISTINCT 2, server_name, (SELECT generation + 1 FROM store_state), coalesce(current_setting('mcp_optimizer.writer', true), '') FROM changed
            ON CONFLICT (kind, subject) DO UPDATE SET sequence = excluded.sequence, writer = excluded.writer
                WHERE store_changes.sequence <> excluded.sequence OR store_changes.writer <> excluded.writer;
            RETURN NULL;
        END $$;
        CREATE TRIGGER trust_items_added AFTER INSERT ON trust_items REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION store_note_trust();
        CREATE TRIGGER trust_items_written AFTER UPDATE ON trust_items REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION store_note_trust();
        CREATE TRIGGER trust_items_deleted AFTER DELETE ON trust_items REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION store_note_trust();
        """,
        """
        CREATE TABLE tool_enrichments (
            definition_hash TEXT COLLATE "C" NOT NULL,
            model TEXT COLLATE "C" NOT NULL,
            prompt_version INTEGER NOT NULL,
            state INTEGER NOT NULL,
            purpose TEXT NOT NULL,
            requests TEXT NOT NULL,
            reason TEXT,
            at BIGINT NOT NULL,
            calls INTEGER NOT NULL,
            tokens BIGINT NOT NULL,
            PRIMARY KEY (definition_hash, model, prompt_version));
        CREATE INDEX idx_tool_enrichments_at ON tool_enrichments(at);
        """,

        // A version that does not know the column leaves it as it is: the mark is bound to the hash beside it, which it does write.
        "ALTER TABLE mcpservers_workload ADD COLUMN listing_mark TEXT",
    ];

    /// <summary>Brings the schema to <see cref="CurrentVersion"/>. The transaction holds the lock of writers.</summary>
    /// <exception cref="OptimizerStoreException">The database is of a newer version, which this code cannot work on.</exception>
    public static async Task ApplyAsync(DbTransaction transaction, TimeProvider clock, CancellationToken cancellationToken)
    {
        long version = await VersionAsync(transaction, cancellationToken).ConfigureAwait(false);
        if (version >= CurrentVersion)
        {
            return;
        }

        await transaction.Command("CREATE TABLE IF NOT EXISTS schema_migrations (version INTEGER PRIMARY KEY, oldest_reader INTEGER NOT NULL, applied_at TIMESTAMPTZ NOT NULL)")
            .RunAsync(cancellationToken).ConfigureAwait(false);
        for (int next = (int)version; next < CurrentVersion; next++)
        {
            await transaction.Command(Versions[next]).RunAsync(cancellationToken).ConfigureAwait(false);
        }

        await transaction.Command(
            "INSERT INTO schema_migrations (version, oldest_reader, applied_at) VALUES (@version, @reader, @now)",
            ("@version", CurrentVersion),
            ("@reader", OldestReader),
            ("@now", clock.GetUtcNow().UtcDateTime)).RunAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The version of the schema; 0 where there is none.</summary>
    /// <exception cref="OptimizerStoreException">It is a newer one, which this code cannot work on.</exception>
    public static async Task<long> VersionAsync(DbTransaction transaction, CancellationToken cancellationToken)
    {
        List<bool> there = await transaction.Command("SELECT to_regclass('schema_migrations') IS NOT NULL").ReadAllAsync(row => row.GetBoolean(0), cancellationToken).ConfigureAwait(false);
        if (!there[0])
        {
            return 0;
        }

        (long version, long reader) = (await transaction.Command("SELECT COALESCE(MAX(version), 0)::bigint, COALESCE(MAX(oldest_reader), 0)::bigint FROM schema_migrations")
            .ReadAllAsync(row => (row.GetInt64(0), row.GetInt64(1)), cancellationToken).ConfigureAwait(false))[0];
        return reader <= CurrentVersion ? version : throw new OptimizerStoreException(string.Create(
            CultureInfo.InvariantCulture,
            $"The database was written by a newer version (schema {version}, for versions that know {reader} or later; this one knows {CurrentVersion}). Nothing was changed; update the optimizer or name another database."));
    }
}
