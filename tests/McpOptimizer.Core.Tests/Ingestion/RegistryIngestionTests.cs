using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Tests.Fixtures;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Ingestion;

public sealed class RegistryIngestionTests
{
    private const string NotionUrl = "https://mcp.notion.com/mcp";

    [Fact]
    public async Task Ingest_CustomNamedRemote_IsMatchedByUrlAndInherits()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Registry.AddRemote("com.notion/mcp", NotionUrl, "search");
        optimizer.Workloads.Add("my-notes", NotionUrl, remote: true).Add("again", NotionUrl, remote: true).Add("elsewhere", "https://other.example/mcp", remote: true);
        optimizer.Backends.Set("my-notes", "search");
        optimizer.Backends.Set("again", "search");
        optimizer.Backends.Set("elsewhere", "search");

        await optimizer.StartAsync();
        await optimizer.PollAsync();

        RegistryServer entry = (await optimizer.RegistryAsync()).Single();
        foreach (string name in (string[])["my-notes", "again"])
        {
            WorkloadServer row = await optimizer.WorkloadAsync(name);
            row.RegistryServerId.Should().Be(entry.Id);
            row.RegistryServerName.Should().Be("com.notion/mcp");
            row.Description.Should().Be(entry.Description);
            row.Embedding.ToArray().Should().Equal(entry.Embedding.ToArray());
        }

        (await optimizer.WorkloadAsync("elsewhere")).RegistryServerId.Should().BeNull();
        optimizer.List().Should().HaveCount(3, "custom deployments are kept");
    }

    [Theory]
    [InlineData("https://MCP.Notion.com:443/mcp/", true)]
    [InlineData("https://mcp.notion.com/mcp#x", true)]
    [InlineData("https://mcp.notion.com/MCP", false)]
    [InlineData("https://mcp.notion.com/mcp?tenant=1", false)]
    [InlineData("http://mcp.notion.com/mcp", false)]
    [InlineData("not a url", false)]
    public async Task Ingest_RemoteUrl_IsComparedNormalised(string identifier, bool linked)
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Registry.AddRemote("com.notion/mcp", NotionUrl);
        optimizer.Workloads.Add("w", identifier, remote: true);
        optimizer.Backends.Set("w", "search");

        await optimizer.StartAsync();

        WorkloadServer row = await optimizer.WorkloadAsync("w");
        (row.RegistryServerId is not null).Should().Be(linked);
        row.WorkloadIdentifier.Should().Be(identifier, "the raw value is kept");
    }

    [Fact]
    public async Task Ingest_SeveralEntriesFitAfterNormalising_RejectsTheWorkloadAndNamesThem()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Registry.AddRemote("one", "https://a.example/mcp/").AddRemote("two", "https://A.example/mcp#x");
        optimizer.Workloads.Add("w", "https://a.example:443/mcp", remote: true);
        optimizer.Backends.Set("w", "search");

        IngestionReport report = await optimizer.StartAsync();

        report.Problems.Should().ContainSingle().Which.Should().Contain("one, two");
        WorkloadServer row = await optimizer.WorkloadAsync("w");
        row.Status.Should().Be(ServerStatus.Error);
        row.StatusReason.Should().Contain("one, two");
    }

    [Fact]
    public async Task Ingest_SeveralEntriesFit_StaysRejectedUntilTheRegistryChanges()
    {
        using TemporaryFolder folder = new();
        await using (OptimizerFixture first = new(folder.Combine("o.db")))
        {
            Arrange(first);
            await first.StartAsync();
            for (int cycle = 0; cycle < 3; cycle++)
            {
                await first.PollAsync();
                (await first.WorkloadAsync("w")).Status.Should().Be(ServerStatus.Error);
                first.List().Should().BeEmpty();
            }
        }

        await using OptimizerFixture restarted = new(folder.Combine("o.db"));
        Arrange(restarted);
        await restarted.StartAsync();
        restarted.List().Should().BeEmpty("nothing has changed");

        restarted.Registry.Entries.RemoveAt(1);
        await restarted.PollAsync();

        restarted.List().Should().Equal("w/search");
        (await restarted.WorkloadAsync("w")).RegistryServerName.Should().Be("one");

        static void Arrange(OptimizerFixture optimizer)
        {
            optimizer.Registry.AddRemote("one", "https://a.example/mcp/").AddRemote("two", "https://A.example/mcp#x");
            optimizer.Workloads.Add("w", "https://a.example:443/mcp", remote: true);
            optimizer.Backends.Set("w", "search");
        }
    }

    [Fact]
    public async Task Ingest_SeveralEntriesFit_RunsWhenTheWorkloadChanged()
    {
        // Trust would withhold what moved to another address.
        await using OptimizerFixture optimizer = new(configure: options => options.Trust.Policy = TrustPolicy.Off);
        optimizer.Registry.AddRemote("one", "https://a.example/mcp/").AddRemote("two", "https://A.example/mcp#x");
        optimizer.Workloads.Add("w", "https://a.example:443/mcp", remote: true);
        optimizer.Backends.Set("w", "search");
        await optimizer.StartAsync();

        optimizer.Workloads.Add("w", "https://b.example/mcp", remote: true);
        await optimizer.PollAsync();

        optimizer.List().Should().Equal("w/search");
    }

    [Fact]
    public async Task Rematch_SaysWhatChanged_AndNothingWhenNothingDid()
    {
        await using OptimizerFixture optimizer = new(configure: options => options.Ingestion.RegistryHeadStart = TimeSpan.Zero);
        optimizer.Workloads.Add("a");
        optimizer.Backends.Set("a", "one");
        await optimizer.StartAsync();
        (await optimizer.Ingestion.RematchAsync("a")).Should().Match<IngestionReport>(report => report.Changed == 0 && report.Changes.Count == 0);

        optimizer.Registry.AddContainer("io.acme/a", "image/a:1");
        await optimizer.Ingestion.IngestRegistryAsync();
        IngestionReport linked = await optimizer.Ingestion.RematchAsync("a");
        linked.Changes[0].Should().Be("'a' is linked to the registry entry 'io.acme/a'; it was linked to none.");

        IngestionReport again = await optimizer.Ingestion.RematchAsync("a");
        again.Should().Match<IngestionReport>(report => report.Changed == 0 && report.Changes.Count == 0 && report.Problems.Count == 0);
    }

    [Fact]
    public async Task Ingest_Kinds_NeverMatchAcross()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Registry.AddContainer("c", "same-text").AddRemote("r", "https://r.example/mcp");
        optimizer.Workloads.Add("remote", "same-text", remote: true).Add("container", "https://r.example/mcp", remote: false).Add("c", "other:1");
        foreach (string name in (string[])["remote", "container", "c"])
        {
            optimizer.Backends.Set(name, "t");
        }

        await optimizer.StartAsync();

        foreach (string name in (string[])["remote", "container", "c"])
        {
            (await optimizer.WorkloadAsync(name)).RegistryServerId.Should().BeNull("{0} matches neither across kinds nor by name", name);
        }
    }

    [Fact]
    public async Task Ingest_DuplicateEntries_UsesOneAndNamesTheOthers()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Registry.AddContainer("heroku", "image/heroku:1").AddContainer("heroku-mcp-server", "image/heroku:1");

        IngestionReport report = await optimizer.StartAsync();

        report.Problems.Should().ContainSingle().Which.Should().ContainAll("image/heroku:1", "heroku is used", "heroku-mcp-server is rejected");
        (await optimizer.RegistryAsync()).Select(entry => entry.Name).Should().Equal("heroku");

        optimizer.Registry.Entries.Reverse();
        await optimizer.PollAsync();
        (await optimizer.RegistryAsync()).Select(entry => entry.Name).Should().Equal(["heroku"], "the stored one stays, whatever the order");
    }

    [Fact]
    public async Task Ingest_EntryRenamed_ReembedsAllToolsOfLinkedWorkloads()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Registry.AddContainer("old-name", "image/a:1", "t1");
        optimizer.Workloads.Add("a").Add("b");
        optimizer.Backends.Set("a", "t1", "t2");
        optimizer.Backends.Set("b", "t3");
        await optimizer.StartAsync();
        optimizer.Embedder.Texts.Clear();
        optimizer.Registry.Entries[0] = optimizer.Registry.Entries[0] with { Name = "new-name" };

        await optimizer.Ingestion.IngestRegistryAsync();

        optimizer.Embedder.Texts.Should().Contain(text => text.StartsWith("Server: new-name | Tool: t1", StringComparison.Ordinal))
            .And.Contain(text => text.StartsWith("Server: new-name | Tool: t2", StringComparison.Ordinal)).And.NotContain(text => text.Contains("t3", StringComparison.Ordinal));
        (await optimizer.WorkloadAsync("a")).RegistryServerName.Should().Be("new-name");
        optimizer.Embedder.Texts.Clear();
        await optimizer.PollAsync();
        optimizer.Embedder.Texts.Should().BeEmpty("the new context is stored");
    }

    [Fact]
    public async Task Ingest_RegistryToolsChanged_LeavesWorkloadToolsAlone()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Registry.AddContainer("a", "image/a:1", "t1");
        optimizer.Workloads.Add("a");
        optimizer.Backends.Set("a", "t1");
        await optimizer.StartAsync();
        optimizer.Embedder.Texts.Clear();
        optimizer.Registry.Entries[0] = optimizer.Registry.Entries[0] with { ToolNames = ["t1", "brand_new"] };

        await optimizer.PollAsync();

        optimizer.Embedder.Texts.Should().ContainSingle().Which.Should().Contain("brand_new");
    }

    [Fact]
    public async Task Ingest_EntryDeleted_UnlinksAndRecomputes()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Registry.AddContainer("io.acme/a", "image/a:1").AddContainer("io.acme/other", "image/other:1");
        optimizer.Workloads.Add("a");
        optimizer.Backends.Set("a", "t1", "t2");
        await optimizer.StartAsync();
        ReadOnlyMemory<float> inherited = (await optimizer.WorkloadAsync("a")).Embedding;
        optimizer.Registry.Entries.RemoveAt(0);

        IngestionReport report = await optimizer.Ingestion.IngestRegistryAsync();

        report.Deleted.Should().Be(1);
        WorkloadServer row = await optimizer.WorkloadAsync("a");
        row.RegistryServerId.Should().BeNull();
        row.RegistryServerName.Should().BeNull();
        row.Description.Should().Be("a: t1, t2");
        row.Embedding.ToArray().Should().NotEqual(inherited.ToArray()).And.HaveCount(256 + 16);
        row.Embedding.ToArray().Sum(x => x * x).Should().BeApproximately(1, 1e-4f, "the mean is of unit length again");
        optimizer.Embedder.Texts.Should().Contain("Server: a | Tool: t1 | Description: Does t1.");
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("partial")]
    [InlineData("failed")]
    public async Task Ingest_DoubtfulRegistry_DeletesNothing(string kind)
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Registry.AddContainer("a", "image/a:1").AddContainer("b", "image/b:1");
        await optimizer.StartAsync();
        optimizer.Registry.Entries.RemoveAll(entry => kind == "empty" || entry.Name == "a");
        optimizer.Registry.IsComplete = kind != "partial";
        optimizer.Registry.Failure = kind == "failed" ? new HttpRequestException("503") : null;

        await optimizer.Ingestion.IngestRegistryAsync();

        (await optimizer.RegistryAsync()).Should().HaveCount(2);
    }

    [Theory]
    [InlineData(RelinkPolicy.OnChange, false)]
    [InlineData(RelinkPolicy.EveryIngestion, true)]
    public async Task Ingest_EntryAddedLater_LinksAsThePolicySays_AndAlwaysOnRematch(RelinkPolicy policy, bool linkedByPoll)
    {
        await using OptimizerFixture optimizer = new(configure: options => options.Ingestion.Relink = policy);
        optimizer.Workloads.Add("a");
        optimizer.Backends.Set("a", "t1");
        await optimizer.StartAsync();
        optimizer.Registry.AddContainer("io.acme/a", "image/a:1");

        await optimizer.PollAsync();
        ((await optimizer.WorkloadAsync("a")).RegistryServerId is not null).Should().Be(linkedByPoll);

        await optimizer.Ingestion.RematchAsync("a");
        (await optimizer.WorkloadAsync("a")).RegistryServerName.Should().Be("io.acme/a");
        (await optimizer.WorkloadAsync("a")).Description.Should().Contain("What io.acme/a does.");
    }

    [Fact]
    public async Task Rematch_UnknownServer_NamesTheNearest()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("github");
        optimizer.Backends.Set("github", "t");
        await optimizer.StartAsync();

        await FluentActions.Awaiting(() => optimizer.Ingestion.RematchAsync("gitub")).Should().ThrowAsync<ArgumentException>().WithMessage("*'gitub'*'github'*");
    }

    [Fact]
    public async Task Ingest_WorkloadMovedToAnotherImage_UpdatesRowAndLink()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Registry.AddContainer("io.acme/a", "image/a:1").AddContainer("io.acme/b", "image/b:1");
        optimizer.Workloads.Add("w", "image/a:1");
        optimizer.Backends.Set("w", "t");
        await optimizer.StartAsync();
        string id = (await optimizer.WorkloadAsync("w")).Id;
        optimizer.Workloads.Add("w", "image/b:1");

        await optimizer.PollAsync();

        WorkloadServer row = await optimizer.WorkloadAsync("w");
        row.Id.Should().Be(id);
        row.WorkloadIdentifier.Should().Be("image/b:1");
        row.RegistryServerName.Should().Be("io.acme/b");
        (await optimizer.ToolsAsync("w")).Should().ContainSingle();
    }

    [Fact]
    public async Task Ingest_RegistryUrlChanged_WorkloadOnTheOldUrlBecomesCustom()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Registry.AddRemote("com.notion/mcp", NotionUrl);
        optimizer.Workloads.Add("w", NotionUrl, remote: true);
        optimizer.Backends.Set("w", "search");
        await optimizer.StartAsync();
        optimizer.Registry.Entries[0] = optimizer.Registry.Entries[0] with { Url = "https://new.notion.com/mcp" };

        await optimizer.PollAsync();

        (await optimizer.WorkloadAsync("w")).RegistryServerId.Should().BeNull();
        (await optimizer.RegistryAsync()).Single().Url.Should().Be("https://new.notion.com/mcp");
        optimizer.List().Should().Equal("w/search");
    }

    [Fact]
    public async Task Ingest_RegistryTagBumped_LinkSurvives()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Registry.AddContainer("io.acme/a", "ghcr.io/acme/a:1.0");
        optimizer.Workloads.Add("w", "ghcr.io/acme/a:1.0");
        optimizer.Backends.Set("w", "t");
        await optimizer.StartAsync();
        optimizer.Registry.Entries[0] = optimizer.Registry.Entries[0] with { Package = "ghcr.io/acme/a:1.1" };

        await optimizer.PollAsync();

        (await optimizer.WorkloadAsync("w")).RegistryServerName.Should().Be("io.acme/a");
        (await optimizer.RegistryAsync()).Single().Package.Should().Be("ghcr.io/acme/a:1.1");
    }

    [Fact]
    public async Task Ingest_ToolsOfLinkedWorkloadChange_KeepTheLink()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Registry.AddContainer("io.acme/a", "image/a:1");
        optimizer.Workloads.Add("a");
        optimizer.Backends.Set("a", "t1");
        await optimizer.StartAsync();
        optimizer.Backends.Set("a", "t2", "t3");

        await optimizer.PollAsync();

        (await optimizer.WorkloadAsync("a")).RegistryServerName.Should().Be("io.acme/a");
        optimizer.Embedder.Texts.Should().Contain("Server: io.acme/a | Tool: t2 | Description: Does t2.");
    }

    [Fact]
    public async Task SearchRegistry_WithAllowedGroups_StillFindsInstallableServers()
    {
        await using OptimizerFixture optimizer = new(configure: options => options.Ingestion.AllowedGroups.Add("dev"));
        optimizer.Registry.AddContainer("io.acme/notes", "image/notes:1", "create_note", "search_notes");
        await optimizer.StartAsync();

        ToolSearchResult found = await optimizer.Discovery.SearchRegistryAsync(new ToolQuery { Description = "create a note" }, CallerIdentity.Anonymous);

        found.Hits[0].Tool.Name.Should().Be("create_note");
        found.Hits[0].Tool.ServerName.Should().Be("io.acme/notes");
    }

    [Fact]
    public async Task Ingest_GeneratorFails_KeepsEntriesAndTriesAgain()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Registry.AddContainer("a", "image/a:1", "t1");
        optimizer.Embedder.Failure = new InvalidOperationException("offline");
        await optimizer.StartAsync();
        (await optimizer.RegistryAsync()).Single().Embedding.Length.Should().Be(256, "the built-in vector stands in");

        optimizer.Embedder.Failure = null;
        await optimizer.PollAsync();
        (await optimizer.RegistryAsync()).Single().Embedding.Length.Should().Be(256 + 16);
    }

    [Theory]
    [InlineData("https://a.example/x", "https://a.example/x")]
    [InlineData("HTTPS://A.EXAMPLE:443/X/", "https://a.example/X")]
    [InlineData("http://a.example:8080/x/?q=1#f", "http://a.example:8080/x?q=1")]
    [InlineData(" not a url ", "not a url")]
    public void NormalizeUrl_Cases(string url, string expected) => Services.Ingestion.Plan.RegistryMatcher.NormalizeUrl(url).Should().Be(expected);
}
