using System.Globalization;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Tests.Backends;
using McpOptimizer.Core.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Store;

public sealed class SqliteDatabaseTests
{
    private const string OriginalTables = """
        CREATE TABLE mcpservers_registry (id TEXT PRIMARY KEY, name TEXT NOT NULL, url TEXT, package TEXT, remote INTEGER NOT NULL, transport TEXT NOT NULL, description TEXT,
            server_embedding BLOB, "group" TEXT NOT NULL DEFAULT 'default', last_updated TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
            created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, CHECK ((remote = 1 AND url IS NOT NULL) OR (remote = 0 AND package IS NOT NULL)));
        CREATE UNIQUE INDEX idx_registry_url ON mcpservers_registry(url) WHERE remote = 1;
        CREATE UNIQUE INDEX idx_registry_package ON mcpservers_registry(package) WHERE remote = 0;
        CREATE TABLE mcpservers_workload (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, url TEXT NOT NULL, workload_identifier TEXT NOT NULL, remote INTEGER NOT NULL,
            transport TEXT NOT NULL, status TEXT NOT NULL, registry_server_id TEXT REFERENCES mcpservers_registry(id) ON DELETE SET NULL, registry_server_name TEXT,
            description TEXT, server_embedding BLOB, "group" TEXT NOT NULL DEFAULT 'default', virtual_mcp INTEGER NOT NULL DEFAULT 0,
            last_updated TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);
        CREATE TABLE tools_registry (id TEXT PRIMARY KEY, mcpserver_id TEXT NOT NULL REFERENCES mcpservers_registry(id) ON DELETE CASCADE, details TEXT NOT NULL,
            details_embedding BLOB, last_updated TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);
        CREATE TABLE tools_workload (id TEXT PRIMARY KEY, mcpserver_id TEXT NOT NULL REFERENCES mcpservers_workload(id) ON DELETE CASCADE, details TEXT NOT NULL,
            details_embedding BLOB, token_count INTEGER NOT NULL DEFAULT 0, last_updated TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
            created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);
        CREATE VIRTUAL TABLE workload_tool_fts USING fts5(tool_id UNINDEXED, mcp_server_name, tool_name, tool_description, tokenize = 'porter');

        """;

    [Fact]
    public async Task Initialize_DatabaseOfThePythonOriginal_KeepsItsRowsAndAddsColumns()
    {
        using TemporaryFolder folder = new();
        string path = folder.Combine("original.db");
        await ExecuteAsync(path, """
            CREATE TABLE mcpserver (id TEXT);
            INSERT INTO mcpserver VALUES ('legacy');
            CREATE TABLE mcpservers_workload (id TEXT PRIMARY KEY, name TEXT NOT NULL UNIQUE, url TEXT NOT NULL, workload_identifier TEXT NOT NULL, remote INTEGER NOT NULL,
                transport TEXT NOT NULL, status TEXT NOT NULL, registry_server_id TEXT, registry_server_name TEXT, description TEXT, server_embedding BLOB,
                "group" TEXT NOT NULL DEFAULT 'default', virtual_mcp INTEGER NOT NULL DEFAULT 0, last_updated TIMESTAMP, created_at TIMESTAMP);
            INSERT INTO mcpservers_workload (id, name, url, workload_identifier, remote, transport, status) VALUES ('1', 'old', 'http://127.0.0.1:1/mcp', 'image:1', 0, 'sse', 'running');
            CREATE TABLE tools_workload (id TEXT PRIMARY KEY, mcpserver_id TEXT NOT NULL, details TEXT NOT NULL, details_embedding BLOB, token_count INTEGER NOT NULL DEFAULT 0,
                last_updated TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, created_at TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP);
            INSERT INTO tools_workload (id, mcpserver_id, details, token_count) VALUES ('t', '1', '{"name":"fetch","description":"Fetches."}', 5);
            """);
        await using OptimizerFixture optimizer = new(path);

        await optimizer.Ingestion.LoadAsync();

        (await optimizer.WorkloadAsync("old")).Status.Should().Be(ServerStatus.Running);
        (await ScalarAsync(path, "SELECT COUNT(*) FROM mcpserver")).Should().Be(1, "what is not ours is left alone");
        optimizer.Workloads.Add("old", "image:1");
        optimizer.Backends.Set("old", FakeBackends.Tool("fetch", "Fetches."));
        await optimizer.PollAsync();
        (await optimizer.FindAsync("fetches")).Should().Equal("old/fetch");
    }

    /// <summary>The original's four tables, with its indexes and the tables of its full-text search, as its one migration makes them.</summary>
    [Fact]
    public async Task Load_FourTablesOfThePythonOriginal_NamesToolsAndEntriesBeforeAnyServerAnswers()
    {
        using TemporaryFolder folder = new();
        string path = folder.Combine("original.db");
        await ExecuteAsync(path, OriginalTables + """
            INSERT INTO mcpservers_registry (id, name, package, remote, transport, description) VALUES ('r', 'io.github.gh', 'image/gh:1', 0, 'sse', 'GitHub.');
            INSERT INTO tools_registry (id, mcpserver_id, details) VALUES ('rt', 'r', '{"name":"create_issue","title":null,"description":null,"inputSchema":{}}');
            INSERT INTO mcpservers_workload (id, name, url, workload_identifier, remote, transport, status, registry_server_id, registry_server_name)
                VALUES ('w', 'gh', 'http://127.0.0.1:1/mcp', 'image/gh:1', 0, 'streamable-http', 'running', 'r', 'io.github.gh');
            INSERT INTO tools_workload (id, mcpserver_id, details, token_count) VALUES
                ('a', 'w', '{"name":"create_issue","title":null,"description":"Opens an issue.","inputSchema":{"type":"object"},"annotations":null,"_meta":null,"mcp_server_name":"gh"}', 9),
                ('b', 'w', '{"name":"create_issue","description":"The same name again."}', 9),
                ('c', 'w', '{"description":"No name."}', 9),
                ('d', 'w', 'not JSON', 9);
            INSERT INTO workload_tool_fts VALUES ('a', 'gh', 'create_issue', 'Opens an issue.');
            """);
        await using OptimizerFixture optimizer = new(path);

        await optimizer.Ingestion.LoadAsync();

        (await optimizer.ToolsAsync("gh")).Should().ContainSingle(because: "what has no name can be neither called nor told apart").Which.Name.Should().Be("create_issue");
        optimizer.List().Should().Equal("gh/create_issue");
        (await optimizer.FindAsync("open an issue")).Should().Equal("gh/create_issue");
        (await optimizer.RegistryAsync()).Should().ContainSingle().Which.Name.Should().Be("io.github.gh");
        (await ScalarAsync(path, "SELECT COUNT(*) FROM tools_registry WHERE name = 'create_issue'")).Should().Be(1);
        (await ScalarAsync(path, "SELECT COUNT(*) FROM workload_tool_fts")).Should().Be(1, "what is not ours is left alone");
    }

    [Fact]
    public async Task Load_OlderUnifiedFile_SaysOnceThatItIsReadAnew()
    {
        using TemporaryFolder folder = new();
        string path = folder.Combine("older.db");
        await ExecuteAsync(path, """
            CREATE TABLE mcpserver (id TEXT PRIMARY KEY, name TEXT NOT NULL, url TEXT, package TEXT, remote INTEGER, transport TEXT, status TEXT, server_embedding BLOB);
            CREATE TABLE tool (id TEXT PRIMARY KEY, mcpserver_id TEXT NOT NULL REFERENCES mcpserver(id), details TEXT NOT NULL, details_embedding BLOB);
            INSERT INTO mcpserver (id, name, url) VALUES ('1', 'gh', 'http://127.0.0.1:1/mcp');
            INSERT INTO tool (id, mcpserver_id, details) VALUES ('t', '1', '{"name":"create_issue"}');
            """);
        RecordingLogs first = new();
        RecordingLogs second = new();

        foreach (RecordingLogs log in new[] { first, second })
        {
            await using OptimizerFixture optimizer = new(path, services: services => services.AddSingleton<ILoggerProvider>(log));
            await optimizer.Ingestion.LoadAsync();
        }

        first.Lines.Should().ContainSingle(line => line.Contains("read anew", StringComparison.Ordinal)).Which.Should().Contain(path);
        second.Lines.Should().NotContain(line => line.Contains("read anew", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Initialize_NewerVersion_SaysSoAndChangesNothing()
    {
        using TemporaryFolder folder = new();
        string path = folder.Combine("o.db");
        await ExecuteAsync(path, "CREATE TABLE schema_migrations (version INTEGER PRIMARY KEY, applied_at TIMESTAMP NOT NULL); INSERT INTO schema_migrations VALUES (99, '2030-01-01')");
        await using OptimizerFixture optimizer = new(path);

        await FluentActions.Awaiting(() => optimizer.Ingestion.LoadAsync()).Should().ThrowAsync<OptimizerStoreException>().WithMessage("*newer version*99*");

        (await ScalarAsync(path, "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table'")).Should().Be(1);
    }

    [Fact]
    public async Task Initialize_NotADatabase_SaysSoAndOverwritesNothing()
    {
        using TemporaryFolder folder = new();
        string path = folder.Combine("notes.txt");
        string text = string.Concat(Enumerable.Repeat("These are my notes.\n", 200));
        await File.WriteAllTextAsync(path, text);
        await using OptimizerFixture optimizer = new(path);

        await FluentActions.Awaiting(() => optimizer.Ingestion.LoadAsync()).Should().ThrowAsync<OptimizerStoreException>().WithMessage("*not a SQLite database*");

        (await File.ReadAllTextAsync(path)).Should().Be(text);
    }

    [Fact]
    public async Task Initialize_PathIsAFolder_SaysWhichPath()
    {
        using TemporaryFolder folder = new();
        await using OptimizerFixture optimizer = new(folder.FullPath);

        await FluentActions.Awaiting(() => optimizer.Ingestion.LoadAsync()).Should().ThrowAsync<OptimizerStoreException>().WithMessage($"*{folder.FullPath}*");
    }

    [Fact]
    public async Task Initialize_NewFile_IsReadableByItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using TemporaryFolder folder = new();
        await using OptimizerFixture optimizer = new(Path.Combine(folder.FullPath, "deep", "er", "o.db"));
        await optimizer.Ingestion.LoadAsync();

        File.GetUnixFileMode(optimizer.Database).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    private static async Task ExecuteAsync(string path, string sql)
    {
        SQLitePCL.Batteries_V2.Init();
        await using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> ScalarAsync(string path, string sql)
    {
        await using SqliteConnection connection = new($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
