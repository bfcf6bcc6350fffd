using McpOptimizer.Core.Tests.Fixtures;
using Shared.Backends;
using Shared.Testing;

namespace McpOptimizer.PostgreSql.Tests.Deploy;

/// <summary>The server's commands as people run them, on both stores.</summary>
[Collection("processes")]
public sealed class CommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task StoreCopy_MovesAFileIntoPostgreSql_AndCommandsGoOnThere()
    {
        await using StubHttpBackend backend = await StubHttpBackend.StartAsync();
        string servers = _folder.Combine("servers.json");
        await File.WriteAllTextAsync(servers, $$"""{ "mcpServers": { "mail": { "url": "{{backend.Url}}" } } }""");
        string file = _folder.Combine("o.db");
        string database = TestStore.ConnectionString(TestStore.NewSchema());
        (await RunAsync(null, "ingest", "--servers", servers, "--db", file)).ExitCode.Should().Be(0);

        RunResult copied = await RunAsync(null, "store", "copy", "--from", file, "--to", database);
        RunResult listed = await RunAsync(database, "tools", "--stored", "--servers", servers);
        RunResult again = await RunAsync(database, "ingest", "--servers", servers);
        RunResult back = await RunAsync(null, "store", "copy", "--from", database, "--to", _folder.Combine("back.db"));

        copied.Error.Should().BeEmpty();
        copied.Output.Should().Contain($"tools_workload: {StubServer.BuiltInTools} copied and compared");
        listed.Output.Should().Contain("mail");
        again.Output.Should().Contain("0 changed, 0 deleted, 0 texts embedded", "nothing is taken in anew");
        back.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task TwoStores_AreRefused_AndNoPasswordIsShown()
    {
        RunResult both = await RunAsync("postgres://me:geheim@db/opt", "tools", "--stored", "--db", "o.db");
        RunResult unreadable = await RunAsync("postgres://me:geheim@db:port/opt", "tools", "--stored");
        RunResult unreachable = await RunAsync("postgres://me:geheim@127.0.0.1:1/opt", "tools", "--stored");

        both.ExitCode.Should().Be(2);
        both.Error.Should().Contain("Two stores are named").And.Contain("--db");
        unreadable.ExitCode.Should().Be(2);
        unreachable.ExitCode.Should().Be(1);
        unreachable.Error.Should().Contain("127.0.0.1:1/opt").And.NotContain("   at ");
        foreach (RunResult result in new[] { both, unreadable, unreachable })
        {
            (result.Output + result.Error).Should().NotContain("geheim");
        }
    }

    [Fact]
    public async Task ConnectionStringFile_IsRead()
    {
        string file = _folder.Combine("database");
        await File.WriteAllTextAsync(file, TestStore.ConnectionString(TestStore.NewSchema()) + "\n");
        string servers = _folder.Combine("servers.json");
        await File.WriteAllTextAsync(servers, """{ "mcpServers": {} }""");

        RunResult result = await OptimizerProcess.RunAsync(
            _folder.FullPath, new Dictionary<string, string> { ["McpOptimizer__Store__ConnectionStringFile"] = file }, "ingest", "--servers", servers);

        result.ExitCode.Should().Be(0, result.Error);
    }

    private Task<RunResult> RunAsync(string? database, params string[] arguments) =>
        OptimizerProcess.RunAsync(_folder.FullPath, database is null ? null : new Dictionary<string, string> { ["DATABASE_URL"] = database }, arguments);
}
