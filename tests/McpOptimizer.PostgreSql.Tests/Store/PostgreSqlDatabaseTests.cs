using McpOptimizer.Core;
using McpOptimizer.Core.Clients.Database;
using McpOptimizer.Core.Tests.Fixtures;
using McpOptimizer.PostgreSql.Clients;
using McpOptimizer.PostgreSql.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace McpOptimizer.PostgreSql.Tests.Store;

public sealed class PostgreSqlDatabaseTests
{
    private readonly string _schema = TestStore.NewSchema();

    [Fact]
    public async Task Initialize_ManyAtOnce_MigratesOnce()
    {
        OptimizerFixture[] all = [.. Enumerable.Range(0, 5).Select(_ => Open())];
        try
        {
            await Task.WhenAll(all.Select(optimizer => optimizer.Store.InitializeAsync()));

            Scalar("SELECT count(*) FROM schema_migrations").Should().Be(1L);
            Scalar("SELECT count(*) FROM store_state").Should().Be(1L);
        }
        finally
        {
            await Task.WhenAll(all.Select(optimizer => optimizer.DisposeAsync().AsTask()));
        }
    }

    [Fact]
    public async Task Initialize_IsKilledInTheMiddle_LeavesNothing_AndTheNextOneMigrates()
    {
        await using OptimizerFixture optimizer = Open();
        IDatabase database = optimizer.Get<IDatabase>();
        Func<Task> migrate = () => database.WriteAsync(
            async (transaction, token) =>
            {
                await PostgreSqlMigrations.ApplyAsync(transaction, TimeProvider.System, token);

                // The server ends the session before the commit, as when the process is killed.
                PostgreSqlServer.Shared.Execute($"SELECT pg_terminate_backend({((NpgsqlConnection)transaction.Connection!).ProcessID})");
                await transaction.Command("SELECT 1").RunAsync(token);
            },
            StoreRight.Anyone);

        (await migrate.Should().ThrowAsync<OptimizerStoreException>()).Which.Failure.Should().Be(StoreFailure.Unreachable);
        Scalar($"SELECT count(*) FROM pg_tables WHERE schemaname = '{_schema}'").Should().Be(0L);

        (await optimizer.Store.InitializeAsync()).Should().BeNull();
        Scalar("SELECT count(*) FROM schema_migrations").Should().Be(1L);
    }

    [Fact]
    public async Task Initialize_OlderVersion_KeepsItsServers_AndTheirListingsAreReadOnce()
    {
        await using (OptimizerFixture before = Open())
        {
            before.Workloads.Add("github");
            before.Backends.Set("github", "create_issue");
            await before.StartAsync();
        }

        Execute("ALTER TABLE mcpservers_workload DROP COLUMN listing_mark; UPDATE schema_migrations SET version = 2");
        await using OptimizerFixture optimizer = Open();
        optimizer.Workloads.Add("github");
        optimizer.Backends.Set("github", "create_issue");
        await optimizer.StartAsync();

        optimizer.Backends.KnownListings.Should().Be(0);
        await optimizer.PollAsync();
        optimizer.Backends.KnownListings.Should().Be(1);
        (await optimizer.FindAsync("create an issue")).Should().Equal("github/create_issue");
        Scalar("SELECT max(version) FROM schema_migrations").Should().Be(PostgreSqlMigrations.CurrentVersion);
    }

    [Fact]
    public async Task Initialize_NewerVersion_IsRefusedUnlessItSaysThatThisOneMayWork()
    {
        await using (OptimizerFixture first = Open())
        {
            await first.Store.InitializeAsync();
        }

        Execute("INSERT INTO schema_migrations VALUES (98, 1, now())");
        await using (OptimizerFixture older = Open())
        {
            (await older.Store.InitializeAsync()).Should().BeNull("a newer version that only added lets older ones work on, so that an upgrade needs no pause");
        }

        Execute("INSERT INTO schema_migrations VALUES (99, 99, now())");
        await using OptimizerFixture refused = Open();
        await FluentActions.Awaiting(() => refused.Store.InitializeAsync()).Should().ThrowAsync<OptimizerStoreException>().WithMessage("*newer version*99*Nothing was changed*");
    }

    [Fact]
    public async Task Initialize_NoSuchDatabaseOrUser_SaysSoWithoutThePassword()
    {
        foreach ((string change, string says) in new[] { ("Database=nowhere", "nowhere"), ("Port=1", "cannot be reached"), ("Username=nobody", "nobody") })
        {
            await using OptimizerFixture optimizer = Open(PostgreSqlServer.Shared.ConnectionString + ";Password=geheim;" + change);

            string said = (await FluentActions.Awaiting(() => optimizer.Store.InitializeAsync()).Should().ThrowAsync<OptimizerStoreException>()).Which.ToString();

            said.Should().Contain(says).And.NotContain("geheim");
        }
    }

    [Fact]
    public async Task Decisions_StayForEver()
    {
        await using OptimizerFixture optimizer = Open();
        await optimizer.Store.InitializeAsync();
        Execute("INSERT INTO trust_log (id, at, action, server_name, writer) VALUES (1, now(), 'Approved', 'a', 'w')");

        FluentActions.Invoking(() => Execute("DELETE FROM trust_log")).Should().Throw<PostgresException>().WithMessage("*only grows*");
        FluentActions.Invoking(() => Execute("UPDATE trust_log SET note = 'x'")).Should().Throw<PostgresException>().WithMessage("*only grows*");
    }

    [Fact]
    public async Task ReadOnly_TakesInAndWritesNothing()
    {
        await using (OptimizerFixture first = Open())
        {
            first.Workloads.Add("a");
            first.Backends.Set("a", "x");
            await first.StartAsync();
        }

        await using OptimizerFixture looking = new(
            configure: options => options.Store.ReadOnly = true, after: services => services.AddPostgreSqlStore(TestStore.ConnectionString(_schema)));
        looking.Workloads.Add("a");
        looking.Workloads.Add("b");
        looking.Backends.Set("a", "x");
        looking.Backends.Set("b", "y");
        await looking.StartAsync();

        looking.List().Should().Equal("a/x", "b/y");
        Scalar("SELECT count(*) FROM mcpservers_workload").Should().Be(1L);
    }

    private OptimizerFixture Open(string? connectionString = null) => new(after: services => services.AddPostgreSqlStore(connectionString ?? TestStore.ConnectionString(_schema)));

    private void Execute(string sql) => PostgreSqlServer.Shared.Execute($"SET search_path = {_schema}; {sql}");

    private object? Scalar(string sql) => PostgreSqlServer.Shared.Scalar($"SET search_path = {_schema}; {sql}");
}
