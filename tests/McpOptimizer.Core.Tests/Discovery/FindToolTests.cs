using McpOptimizer.Core.Clients.Database;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Explanations;
using McpOptimizer.Core.Tests.Fixtures;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Discovery;

public sealed class FindToolTests
{
    /// <summary>The original's one text, split at white space; lists are taken as well.</summary>
    [Theory]
    [InlineData("quokka wallaby")]
    [InlineData("quokka")]
    public async Task Call_KeywordsAsOneText_Count(string keywords)
    {
        await using OptimizerFixture optimizer = await StartAsync();
        await using OptimizerClient client = await OptimizerClient.ConnectAsync(optimizer.Services);

        (string text, bool isError) = await client.CallAsync("find_tool", new() { ["tool_description"] = "something for the zoo", ["tool_keywords"] = keywords });

        isError.Should().BeFalse(text);
        text.Should().StartWith("""{"tools":[{"name":"feed_quokka""");
    }

    [Fact]
    public async Task Find_StoreIsGone_IsAnsweredAllTheSame()
    {
        using TemporaryFolder folder = new();
        string path = folder.Combine("data", "o.db");
        await using OptimizerFixture optimizer = await StartAsync(path);
        await optimizer.Get<IDatabase>().DisposeAsync();
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        await File.WriteAllTextAsync(Path.GetDirectoryName(path)!, "no folder any more");
        await FluentActions.Awaiting(() => optimizer.WorkloadAsync("zoo")).Should().ThrowAsync<OptimizerStoreException>("the store cannot be read");

        (await optimizer.FindAsync("feed the quokka")).Should().StartWith("zoo/feed_quokka");
        optimizer.List().Should().HaveCount(2);
        (await optimizer.Get<IExplanationService>().ExplainAsync(new() { Query = new ToolQuery { Description = "feed the quokka" } }, CallerIdentity.Anonymous)).Hits.Should().NotBeEmpty();
    }

    private static async Task<OptimizerFixture> StartAsync(string? path = null)
    {
        OptimizerFixture optimizer = new(path);
        optimizer.Workloads.Add("zoo");
        optimizer.Backends.Set("zoo", FakeBackends.Tool("feed_quokka", "Feeds the quokka."), FakeBackends.Tool("wash_elephant", "Washes an elephant."));
        await optimizer.StartAsync();
        return optimizer;
    }
}
