using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Tests.Fixtures;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Store;

/// <summary>What holds on every store.</summary>
public sealed class StoreTests
{
    [Fact]
    public async Task Initialize_Twice_KeepsRows()
    {
        using TemporaryFolder folder = new();
        await using (OptimizerFixture first = new(folder.Combine("o.db")))
        {
            first.Workloads.Add("a");
            first.Backends.Set("a", "one");
            await first.StartAsync();
            await first.Store.InitializeAsync();
            (await first.ToolsAsync("a")).Should().ContainSingle();
        }

        await using OptimizerFixture second = new(folder.Combine("o.db"));
        await second.Ingestion.LoadAsync();
        (await second.ToolsAsync("a")).Should().ContainSingle();
    }

    [Fact]
    public async Task Write_Throws_RollsBackAll()
    {
        await using OptimizerFixture optimizer = new();
        await optimizer.Ingestion.LoadAsync();

        await FluentActions.Awaiting(() => optimizer.Store.WriteAsync(async (session, token) =>
        {
            await session.RegistryServers.UpsertAsync(Entry("one"), token);
            throw new InvalidOperationException("half way");
        })).Should().ThrowAsync<InvalidOperationException>();

        (await optimizer.RegistryAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Read_WhileAWriteIsOpen_SeesTheLastCommitAndDoesNotWait()
    {
        await using OptimizerFixture optimizer = new();
        await optimizer.Ingestion.LoadAsync();
        await optimizer.Store.WriteAsync((session, token) => session.RegistryServers.UpsertAsync(Entry("one"), token));

        await optimizer.Store.WriteAsync(async (session, token) =>
        {
            await session.RegistryServers.UpsertAsync(Entry("two"), token);
            (await optimizer.RegistryAsync()).Select(server => server.Name).Should().Equal("one");
        });

        (await optimizer.RegistryAsync()).Should().HaveCount(2);
    }

    [Fact]
    public async Task Writes_FromManyCallers_TakeTurns()
    {
        await using OptimizerFixture optimizer = new();
        await optimizer.Ingestion.LoadAsync();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => optimizer.Store.WriteAsync((session, token) => session.RegistryServers.UpsertAsync(Entry($"e{i}"), token))));

        (await optimizer.RegistryAsync()).Should().HaveCount(50);
    }

    [Fact]
    public async Task Rules_OfTheTables_HoldInTheDatabase()
    {
        await using OptimizerFixture optimizer = new();
        await optimizer.Ingestion.LoadAsync();
        await optimizer.Store.WriteAsync((session, token) => session.RegistryServers.UpsertAsync(Entry("one"), token));
        RegistryServer remote = Entry("far") with { Remote = true, Package = null, Url = "https://far.example/mcp" };
        await optimizer.Store.WriteAsync((session, token) => session.RegistryServers.UpsertAsync(remote, token));

        Func<Task>[] violations =
        [
            () => optimizer.Store.WriteAsync((session, token) => session.RegistryServers.UpsertAsync(Entry("other") with { Package = "image/one:1" }, token)),
            () => optimizer.Store.WriteAsync((session, token) => session.RegistryServers.UpsertAsync(Entry("remote") with { Remote = true }, token)),
            () => optimizer.Store.WriteAsync((session, token) => session.RegistryServers.UpsertAsync(remote with { Id = "id-copy", Name = "copy" }, token)),
            () => optimizer.Store.WriteAsync((session, token) => session.WorkloadTools.UpsertAsync([new StoredTool { Id = "x", ServerId = "nobody", Name = "t", Details = "{}"u8.ToArray() }], token)),
        ];

        foreach (Func<Task> violation in violations)
        {
            (await violation.Should().ThrowAsync<OptimizerStoreException>()).Which.Failure.Should().Be(StoreFailure.Conflict);
        }

        (await optimizer.RegistryAsync()).Should().HaveCount(2);
    }

    [Fact]
    public async Task Write_TextThatNotEveryDatabaseTakes_IsReadBackAsItWas()
    {
        string[] names = ["nul\0in it", "half \uD83D of a pair", "a whole one \uD83D\uDE00", "the mark \uFDD0 itself", "the mark \uFDD00000 and digits"];
        await using OptimizerFixture optimizer = new();
        await optimizer.Ingestion.LoadAsync();

        await optimizer.Store.WriteAsync(async (session, token) =>
        {
            foreach ((int at, string name) in names.Index())
            {
                await session.RegistryServers.UpsertAsync(Entry($"e{at}") with { Name = name, Description = name }, token);
            }
        });

        (await optimizer.RegistryAsync()).Select(entry => entry.Name).Should().BeEquivalentTo(names);
        (await optimizer.RegistryAsync()).Select(entry => entry.Description).Should().BeEquivalentTo(names);
    }

    [Fact]
    public async Task Write_ManyTools_AreReadBackInOrderAndDeletedAgain()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("many");
        optimizer.Backends.Set("many", [.. Enumerable.Range(0, 2_500).Select(i => $"tool-{i:0000}")]);
        await optimizer.StartAsync();

        (await optimizer.ToolsAsync("many")).Select(tool => tool.Name).Should().Equal(Enumerable.Range(0, 2_500).Select(i => $"tool-{i:0000}"));

        optimizer.Backends.Set("many", "tool-0000");
        await optimizer.PollAsync();
        (await optimizer.ToolsAsync("many")).Should().ContainSingle();
    }

    private static RegistryServer Entry(string name) => new() { Id = "id-" + name, Name = name, Package = $"image/{name}:1", Remote = false, Transport = "sse" };
}
