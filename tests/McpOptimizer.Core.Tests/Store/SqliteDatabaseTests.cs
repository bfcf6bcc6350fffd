using System.Globalization;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Tests.Fixtures;
using Microsoft.Data.Sqlite;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Store;

public sealed class SqliteDatabaseTests
{
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
