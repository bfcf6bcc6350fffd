using System.Globalization;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Trust;
using McpOptimizer.Core.Tests.Fixtures;
using McpOptimizer.PostgreSql.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Shared.Testing;

namespace McpOptimizer.PostgreSql.Tests.Deploy;

/// <summary>The commands of docs/deploy.md: a dump while a replica runs, and what is restored from it.</summary>
public sealed class BackupTests
{
    [Fact]
    public async Task Dump_WhileAReplicaRuns_IsRestoredWithToolsAndDecisions()
    {
        string name = "db" + Guid.NewGuid().ToString("N");
        PostgreSqlServer.Shared.Execute($"CREATE DATABASE {name}_a");
        PostgreSqlServer.Shared.Execute($"CREATE DATABASE {name}_b");
        using TemporaryFolder folder = new();
        if (!OperatingSystem.IsWindows())
        {
            // The programs run as another user.
            File.SetUnixFileMode(folder.FullPath, (UnixFileMode)0x1FF);
        }

        string dump = folder.Combine("optimizer.dump");
        string port = PostgreSqlServer.Shared.Port.ToString(CultureInfo.InvariantCulture);
        await using (OptimizerFixture running = Open(name + "_a"))
        {
            running.Workloads.Add("a");
            running.Backends.Set("a", "x", "y");
            await running.StartAsync();
            await running.Get<ITrustService>().RejectAsync(new TrustDecision { Target = "a/y", By = "tester" });

            PostgreSqlServer.RunAsAccount(Path.Combine(PostgreSqlServer.ProgramFolder, "pg_dump"), "-h", "127.0.0.1", "-p", port, "-U", "postgres", "--format=custom", $"--file={dump}", name + "_a");
        }

        PostgreSqlServer.RunAsAccount(
            Path.Combine(PostgreSqlServer.ProgramFolder, "pg_restore"), "-h", "127.0.0.1", "-p", port, "-U", "postgres", "--clean", "--if-exists", "--no-owner", $"--dbname={name}_b", dump);
        await using OptimizerFixture restored = Open(name + "_b");
        await restored.Ingestion.LoadAsync();

        restored.List().Should().Equal("a/x");
        (await restored.ToolsAsync("a")).Should().HaveCount(2).And.OnlyContain(tool => !tool.Embedding.IsEmpty);
        (await restored.Get<ITrustService>().ReadLogAsync()).Should().Contain(record => record.By == "tester");
    }

    private static OptimizerFixture Open(string database) => new(
        after: services => services.AddPostgreSqlStore(new NpgsqlConnectionStringBuilder(PostgreSqlServer.Shared.ConnectionString) { Database = database, MaxPoolSize = 5 }.ConnectionString));
}
