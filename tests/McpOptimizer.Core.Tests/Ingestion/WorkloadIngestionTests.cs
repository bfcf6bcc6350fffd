using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Models.Sources;
using McpOptimizer.Core.Models.Store;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Tests.Fixtures;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Ingestion;

public sealed class WorkloadIngestionTests
{
    [Fact]
    public async Task Ingest_NewServer_StoresAndFindsItsTools()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("github");
        optimizer.Backends.Set("github", "create_issue", "list_branches");

        IngestionReport report = await optimizer.StartAsync();

        report.Changed.Should().Be(1);
        report.Problems.Should().BeEmpty();
        (await optimizer.FindAsync("create an issue"))[0].Should().Be("github/create_issue");
        (await optimizer.ToolsAsync("github")).Should().OnlyContain(tool => tool.TokenCount > 0 && tool.Embedding.Length == 256 + 16);
    }

    [SqliteFact]
    public async Task Ingest_Unchanged_EmbedsNothingAndWritesNothing()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Registry.AddContainer("io.acme/github", "image/github:1", "create_issue");
        optimizer.Workloads.Add("github").Add("time").Add("off", status: ServerStatus.Stopped);
        optimizer.Backends.Set("github", "create_issue", "list_branches");
        optimizer.Backends.Set("time", "now");
        await optimizer.StartAsync();
        optimizer.Embedder.Texts.Clear();
        long before = await DataVersionAsync(optimizer);

        IngestionReport report = await optimizer.PollAsync();

        report.Changed.Should().Be(0);
        report.Embedded.Should().Be(0);
        optimizer.Embedder.Texts.Should().BeEmpty();
        (await DataVersionAsync(optimizer)).Should().Be(before, "nothing was written");
    }

    [Fact]
    public async Task Ingest_ListingThatIsStored_IsKnownByItsMark_AndAChangeIsNot()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("github");
        optimizer.Backends.Set("github", "create_issue");
        await optimizer.StartAsync();

        (await optimizer.PollAsync()).Changed.Should().Be(0);
        optimizer.Backends.KnownListings.Should().Be(1);

        optimizer.Backends.Set("github", "create_issue", "close_issue");
        (await optimizer.PollAsync()).Changed.Should().Be(1);
        (await optimizer.ToolsAsync("github")).Should().HaveCount(2);

        optimizer.Backends.Set("github", "create_issue");
        (await optimizer.PollAsync()).Changed.Should().Be(1, "that mark belongs to what was stored before");
        (await optimizer.ToolsAsync("github")).Should().HaveCount(1);
        optimizer.Backends.KnownListings.Should().Be(1);
    }

    [Fact]
    public async Task Restart_ListingThatIsStored_IsNotReadAgain()
    {
        using TemporaryFolder folder = new();
        await IngestAsync(folder);

        await using OptimizerFixture optimizer = Restarted(folder);
        (await optimizer.StartAsync()).Changed.Should().Be(0);

        optimizer.Backends.KnownListings.Should().Be(1);
        (await optimizer.FindAsync("create an issue")).Should().Equal("github/create_issue");
    }

    [Theory]
    [InlineData("trust")]
    [InlineData("instructions")]
    [InlineData("limit")]
    [InlineData("restriction")]
    public async Task Restart_ListingWouldBeReadOtherwise_IsReadAgain(string what)
    {
        using TemporaryFolder folder = new();
        await IngestAsync(folder);

        await using OptimizerFixture optimizer = Restarted(folder, options =>
        {
            options.Trust.Policy = what == "trust" ? TrustPolicy.Off : options.Trust.Policy;
            options.Trust.WatchInstructions = what != "instructions";
            options.Backends.MaxListedItems = what == "limit" ? 7 : options.Backends.MaxListedItems;
        });
        if (what == "restriction")
        {
            optimizer.Workloads.Restrict("github", new ToolRestriction { Without = ["delete_*"] });
        }

        await optimizer.StartAsync();
        optimizer.Backends.KnownListings.Should().Be(0);

        await optimizer.PollAsync();
        optimizer.Backends.KnownListings.Should().Be(1, "its new mark is stored");
    }

    [SqliteFact]
    public async Task Restart_StoreHasNoMarks_TheyAreWrittenOnce()
    {
        using TemporaryFolder folder = new();
        await IngestAsync(folder);
        await using OptimizerFixture optimizer = Restarted(folder);
        await WriteAsync(optimizer, server => server with { ListingMark = null });

        (await optimizer.StartAsync()).Changed.Should().Be(1);
        long written = await DataVersionAsync(optimizer);

        (await optimizer.PollAsync()).Changed.Should().Be(0);
        (await DataVersionAsync(optimizer)).Should().Be(written);
        optimizer.Backends.KnownListings.Should().Be(1);
    }

    [Fact]
    public async Task Restart_AnotherVersionWroteTheToolsAndLeftTheMark_TheListingIsReadAgain()
    {
        using TemporaryFolder folder = new();
        await IngestAsync(folder);
        await using OptimizerFixture optimizer = Restarted(folder);
        await WriteAsync(optimizer, server => server with { ToolsHash = "of what came later" });

        (await optimizer.StartAsync()).Changed.Should().Be(1);

        optimizer.Backends.KnownListings.Should().Be(0);
    }

    [SqliteFact]
    public async Task Ingest_ServerNeverSaysTheSameTwice_ItsTools_AreWrittenOnce()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("github");
        optimizer.Backends.Set("github", "create_issue");
        int said = 0;
        optimizer.Backends.Mark = () => $"mark{++said}";
        await optimizer.StartAsync();
        long written = await DataVersionAsync(optimizer);

        (await optimizer.PollAsync()).Changed.Should().Be(0);
        (await optimizer.PollAsync()).Changed.Should().Be(0);

        (await DataVersionAsync(optimizer)).Should().Be(written);
        said.Should().Be(3);
    }

    [Fact]
    public async Task Restart_ListingWithRemarks_IsReadAgain_AndSaysThem()
    {
        using TemporaryFolder folder = new();
        await IngestAsync(folder, before => before.Backends.Remarks["github"] = ["Tool 'odd' is left out."]);

        await using OptimizerFixture optimizer = Restarted(folder);
        await optimizer.StartAsync();

        optimizer.Backends.KnownListings.Should().Be(0);
    }

    [Fact]
    public async Task Ingest_ServerIsForgotten_ItsListingIsReadAgain()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("github");
        optimizer.Backends.Set("github", "create_issue");
        await optimizer.StartAsync();
        await optimizer.PollAsync();
        await optimizer.PollAsync();

        (await optimizer.Ingestion.ForgetAsync("github")).Should().BeTrue();
        await optimizer.PollAsync();

        (await optimizer.FindAsync("create an issue")).Should().Equal("github/create_issue");
    }

    [Fact]
    public async Task Ingest_OneToolChanged_EmbedsThatOneAndKeepsIds()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("files");
        optimizer.Backends.Set("files", FakeBackends.Tool("read", "Reads."), FakeBackends.Tool("write", "Writes."));
        await optimizer.StartAsync();
        IReadOnlyList<StoredTool> before = await optimizer.ToolsAsync("files");
        optimizer.Embedder.Texts.Clear();
        optimizer.Backends.Set("files", FakeBackends.Tool("read", "Reads."), FakeBackends.Tool("write", "Overwrites."), FakeBackends.Tool("delete"));

        IngestionReport report = await optimizer.PollAsync();

        report.Embedded.Should().Be(2);
        optimizer.Embedder.Texts.Should().HaveCount(2).And.NotContain(text => text.Contains("Tool: read", StringComparison.Ordinal));
        IReadOnlyList<StoredTool> after = await optimizer.ToolsAsync("files");
        after.Should().HaveCount(3);
        after.Single(tool => tool.Name == "write").Id.Should().Be(before.Single(tool => tool.Name == "write").Id);
    }

    [Fact]
    public async Task Ingest_SameDefinitionInAnotherMemberOrder_ChangesNoTool()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("a");
        optimizer.Backends.Set("a", new ToolDefinition { Name = "t", Description = "D", Json = """{"name":"t","description":"D","inputSchema":{"type":"object","properties":{}}}"""u8.ToArray() });
        await optimizer.StartAsync();
        optimizer.Embedder.Texts.Clear();
        optimizer.Backends.Set("a", new ToolDefinition { Name = "t", Description = "D", Json = """{"inputSchema":{"properties":{},"type":"object"},"description":"D","name":"t"}"""u8.ToArray() });

        await optimizer.PollAsync();

        optimizer.Embedder.Texts.Should().BeEmpty();
    }

    [Fact]
    public async Task Ingest_ToolGone_IsDeletedAndNotFound()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("a");
        optimizer.Backends.Set("a", "one", "two");
        await optimizer.StartAsync();
        optimizer.Backends.Set("a", "one");

        await optimizer.PollAsync();

        optimizer.List().Should().Equal("a/one");
        (await optimizer.ToolsAsync("a")).Should().ContainSingle();
    }

    [Fact]
    public async Task Ingest_BrokenServer_KeepsItsToolsAndHarmsNobody()
    {
        await using OptimizerFixture optimizer = new(configure: TrustAdditions);
        optimizer.Workloads.Add("good").Add("bad");
        optimizer.Backends.Set("good", "one");
        optimizer.Backends.Set("bad", "two");
        await optimizer.StartAsync();
        optimizer.Backends.Fail("bad", new IOException("connection reset"));
        optimizer.Backends.Set("good", "one", "three");

        IngestionReport report = await optimizer.PollAsync();

        report.Problems.Should().ContainSingle().Which.Should().Contain("bad").And.Contain("connection reset");
        optimizer.List().Should().BeEquivalentTo("good/one", "good/three", "bad/two");
    }

    [Fact]
    public async Task Ingest_ServerNeverListed_IsStoredWithTheReason()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("bad");
        optimizer.Backends.Fail("bad", new IOException("no route"));

        await optimizer.StartAsync();

        WorkloadServer row = await optimizer.WorkloadAsync("bad");
        row.Status.Should().Be(ServerStatus.Error);
        row.StatusReason.Should().Contain("no route");

        optimizer.Backends.Set("bad", "one");
        await optimizer.PollAsync();
        (await optimizer.WorkloadAsync("bad")).Status.Should().Be(ServerStatus.Running);
        optimizer.List().Should().Equal("bad/one");
    }

    [Fact]
    public async Task Ingest_HangingServer_DoesNotDelayOthers()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("slow").Add("quick");
        optimizer.Backends.Hang("slow");
        optimizer.Backends.Set("quick", "one");
        await optimizer.Ingestion.LoadAsync();
        using CancellationTokenSource stop = new();
        Task<IngestionReport> running = optimizer.Ingestion.IngestWorkloadsAsync(stop.Token);

        await Eventually.IsAsync(() => optimizer.List().Length == 1);

        running.IsCompleted.Should().BeFalse("the slow server has not answered");
        await stop.CancelAsync();
        await FluentActions.Awaiting(() => running).Should().ThrowAsync<OperationCanceledException>();
    }

    [Fact]
    public async Task Ingest_StoppedServer_IsKeptAndHidden_AndComesBackWithoutEmbedding()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("a");
        optimizer.Backends.Set("a", "one");
        await optimizer.StartAsync();
        optimizer.Workloads.Add("a", status: ServerStatus.Stopped);

        await optimizer.PollAsync();

        optimizer.List().Should().BeEmpty();
        (await optimizer.FindAsync("one")).Should().BeEmpty();
        (await optimizer.ToolsAsync("a")).Should().ContainSingle();

        optimizer.Embedder.Texts.Clear();
        optimizer.Workloads.Add("a");
        await optimizer.PollAsync();
        optimizer.List().Should().Equal("a/one");
        optimizer.Embedder.Texts.Should().BeEmpty();
    }

    [Fact]
    public async Task Ingest_MissingFromCompleteListing_IsDeletedAlone()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Registry.AddContainer("io.acme/a", "image/a:1");
        optimizer.Workloads.Add("a").Add("b");
        optimizer.Backends.Set("a", "one");
        optimizer.Backends.Set("b", "two");
        await optimizer.StartAsync();
        optimizer.Workloads.Workloads.RemoveAll(workload => workload.Name == "a");

        IngestionReport report = await optimizer.PollAsync();

        report.Deleted.Should().Be(1);
        optimizer.List().Should().Equal("b/two");
        (await optimizer.RegistryAsync()).Should().ContainSingle("the registry entry does not belong to the workload");
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("partial")]
    [InlineData("failed")]
    [InlineData("unreadable")]
    public async Task Ingest_DoubtfulListing_DeletesNothing(string kind)
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("a").Add("b");
        optimizer.Backends.Set("a", "one");
        optimizer.Backends.Set("b", "two");
        await optimizer.StartAsync();
        optimizer.Workloads.Workloads.RemoveAll(workload => kind == "empty" || workload.Name == "a");
        optimizer.Workloads.IsComplete = kind != "partial";
        optimizer.Workloads.Failure = kind == "failed" ? new HttpRequestException("refused") : null;
        if (kind == "unreadable")
        {
            optimizer.Workloads.UnreadableNames.Add("a");
        }

        IngestionReport report = await optimizer.PollAsync();

        report.Deleted.Should().Be(0);
        optimizer.List().Should().BeEquivalentTo("a/one", "b/two");
    }

    [Fact]
    public async Task Ingest_RemoteWithoutIdentity_IsLeftAsItWas()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Registry.AddRemote("com.notion/mcp", "https://mcp.notion.com/mcp");
        optimizer.Workloads.Add("my-notion", "https://mcp.notion.com/mcp", remote: true);
        optimizer.Backends.Set("my-notion", "search");
        await optimizer.StartAsync();
        WorkloadDescriptor listed = optimizer.Workloads.Workloads[0];
        optimizer.Workloads.Workloads[0] = listed with { Identifier = null };

        IngestionReport report = await optimizer.PollAsync();

        report.Deleted.Should().Be(0);
        WorkloadServer row = await optimizer.WorkloadAsync("my-notion");
        row.RegistryServerName.Should().Be("com.notion/mcp");
        row.WorkloadIdentifier.Should().Be("https://mcp.notion.com/mcp");
        optimizer.List().Should().Equal("my-notion/search");
    }

    [Theory]
    [InlineData("my-inspector-x", null, true)]
    [InlineData("inspector", null, false)]
    [InlineData("mcp-optimizer", null, false)]
    [InlineData("lab-1", "lab-*", false)]
    [InlineData("inspector", "lab-*", true)]
    public async Task Ingest_SkipList_TakesExactNamesAndPatterns(string name, string? pattern, bool taken)
    {
        await using OptimizerFixture optimizer = new(configure: options =>
        {
            if (pattern is not null)
            {
                options.Ingestion.SkippedWorkloads.Add(pattern);
            }
        });
        optimizer.Workloads.Add(name).Add("other");
        optimizer.Backends.Set(name, "one");
        optimizer.Backends.Set("other", "two");

        await optimizer.StartAsync();

        optimizer.List().Contains($"{name}/one").Should().Be(taken);
    }

    [Fact]
    public async Task Ingest_EmbeddingFails_ToolsAreFoundByTheBuiltInVectorsAndLaterCompleted()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("a");
        optimizer.Backends.Set("a", "create_issue");
        optimizer.Embedder.Failure = new InvalidOperationException("model is gone");

        IngestionReport report = await optimizer.StartAsync();

        report.Problems.Should().ContainSingle().Which.Should().Contain("model is gone");
        (await optimizer.WorkloadAsync("a")).Status.Should().Be(ServerStatus.Running);
        (await optimizer.ToolsAsync("a")).Single().Embedding.Length.Should().Be(256, "the built-in vector stands in");
        (await optimizer.FindAsync("open a ticket")).Should().Equal("a/create_issue");
        (await optimizer.Get<Services.Ingestion.IngestionService>().ReembedStaleAsync()).Should().Be(0, "it still fails");

        optimizer.Embedder.Failure = null;
        (await optimizer.Get<Services.Ingestion.IngestionService>().ReembedStaleAsync()).Should().Be(1);
        (await optimizer.ToolsAsync("a")).Single().Embedding.Length.Should().Be(256 + 16);
        (await optimizer.FindAsync("open a ticket")).Should().Equal("a/create_issue");
    }

    [Fact]
    public async Task Ingest_GeneratorTakesItsTime_ToolsAreFoundMeanwhile()
    {
        TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using OptimizerFixture optimizer = new(configure: options => options.Embeddings.IngestionPatienceMilliseconds = 1, embedder: new CountingEmbedder { Until = answer.Task });
        optimizer.Workloads.Add("a");
        optimizer.Backends.Set("a", "create_issue", "list_branches");

        IngestionReport report = await optimizer.StartAsync();
        Task<int> background = optimizer.Get<Services.Ingestion.IngestionService>().ReembedStaleAsync();

        report.Problems.Should().BeEmpty("late is no fault");
        report.Embedded.Should().Be(0);
        (await optimizer.ToolsAsync("a")).Should().OnlyContain(tool => tool.Embedding.Length == 256);
        background.IsCompleted.Should().BeFalse();
        optimizer.Workloads.Add("b");
        optimizer.Backends.Set("b", "other");
        await optimizer.PollAsync();
        optimizer.List().Should().Contain("b/other", "nothing waits for the generator");

        answer.SetResult();
        (await background).Should().Be(2);
        (await optimizer.ToolsAsync("a")).Should().OnlyContain(tool => tool.Embedding.Length == 256 + 16);
    }

    [Fact]
    public async Task Load_VectorsOfTheGeneratorAlone_AreCompletedWithoutAskingIt()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("a");
        optimizer.Backends.Set("a", "create_issue");
        await optimizer.StartAsync();
        Services.Embeddings.TextEmbedder embedder = optimizer.Get<Services.Embeddings.TextEmbedder>();
        StoredTool stored = (await optimizer.ToolsAsync("a")).Single();
        ReadOnlyMemory<float> other = Services.Embeddings.CheckedGeneration.ToUnitLength(stored.Embedding[256..]);
        optimizer.Embedder.Texts.Clear();

        // As a version before this one has left it.
        ReadOnlyMemory<float> kept = embedder.Keep(stored with { Embedding = other, EmbeddingModel = "test-model" }, "Server: a | Tool: create_issue | Description: Does create_issue.");

        kept.ToArray().Should().Equal(stored.Embedding.ToArray(), (left, right) => Math.Abs(left - right) < 1e-5);
        optimizer.Embedder.Texts.Should().BeEmpty();
    }

    [Fact]
    public async Task Ingest_WithoutGenerator_StillFindsByWords()
    {
        await using OptimizerFixture optimizer = new(configure: null, withEmbedder: false);
        optimizer.Workloads.Add("a");
        optimizer.Backends.Set("a", "create_issue");

        IngestionReport report = await optimizer.StartAsync();

        report.Problems.Should().BeEmpty();
        (await optimizer.FindAsync("create issue")).Should().Equal("a/create_issue");
    }

    [Fact]
    public async Task Ingest_TwoSourcesWithOneName_SecondIsRejectedByName()
    {
        await using OptimizerFixture optimizer = new();
        optimizer.Workloads.Add("a").Workloads.Add(optimizer.Workloads.Workloads[0]);
        optimizer.Backends.Set("a", "one");

        IngestionReport report = await optimizer.StartAsync();

        report.Problems.Should().ContainSingle().Which.Should().Contain("'a'").And.Contain("taken");
        optimizer.List().Should().Equal("a/one");
    }

    [Fact]
    public async Task Ingest_SourceNotConfiguredAnyMore_HidesItsServersAndDeletesNothing()
    {
        using TemporaryFolder folder = new();
        await using (OptimizerFixture first = new(folder.Combine("o.db"), source: "first"))
        {
            first.Workloads.Add("a");
            first.Backends.Set("a", "one");
            await first.StartAsync();
        }

        await using OptimizerFixture second = new(folder.Combine("o.db"), source: "second");
        second.Workloads.Add("b");
        second.Backends.Set("b", "two");
        await second.StartAsync();

        second.List().Should().Equal("b/two");
        (await second.ToolsAsync("a")).Should().ContainSingle();
    }

    [Fact]
    public async Task Load_AfterRestart_FindsWhatIsStoredBeforeAnyPoll()
    {
        using TemporaryFolder folder = new();
        await using (OptimizerFixture first = new(folder.Combine("o.db")))
        {
            first.Workloads.Add("a");
            first.Backends.Set("a", "create_issue");
            await first.StartAsync();
        }

        await using OptimizerFixture second = new(folder.Combine("o.db"));
        await second.Ingestion.LoadAsync();

        (await second.FindAsync("create an issue")).Should().Equal("a/create_issue");
    }

    [Fact]
    public async Task Ingest_AllowedGroups_FilterBeforeTheCut()
    {
        await using OptimizerFixture optimizer = new(configure: options => options.Ingestion.AllowedGroups.Add("dev"));
        for (int i = 0; i < 20; i++)
        {
            optimizer.Workloads.Add($"other{i}", group: "ops");
            optimizer.Backends.Set($"other{i}", "create_issue");
        }

        optimizer.Workloads.Add("mine", group: "dev");
        optimizer.Backends.Set("mine", FakeBackends.Tool("open_ticket", "Makes an issue."));
        await optimizer.StartAsync();

        (await optimizer.FindAsync("create issue", limit: 1)).Should().Equal("mine/open_ticket");
        optimizer.List().Should().Equal("mine/open_ticket");
    }

    [Fact]
    public async Task Ingest_GroupWithVirtualServer_ShowsOnlyTheVirtualOne()
    {
        await using OptimizerFixture optimizer = new(configure: options => options.Ingestion.AllowedGroups.Add("dev"));
        optimizer.Workloads.Add("plain", group: "dev").Add("vmcp", group: "dev", virtualMcp: true);
        optimizer.Backends.Set("plain", "one");
        optimizer.Backends.Set("vmcp", "plain_one");

        await optimizer.StartAsync();

        optimizer.List().Should().Equal("vmcp/plain_one");
    }

    [Fact]
    public async Task Ingest_OneServerAgain_NamesTheNearestWhenUnknown()
    {
        await using OptimizerFixture optimizer = new(configure: TrustAdditions);
        optimizer.Workloads.Add("github");
        optimizer.Backends.Set("github", "one");
        await optimizer.StartAsync();
        optimizer.Backends.Set("github", "one", "two");

        await optimizer.Ingestion.IngestWorkloadAsync("github");

        optimizer.List().Should().Equal("github/one", "github/two");
        await FluentActions.Awaiting(() => optimizer.Ingestion.IngestWorkloadAsync("githup")).Should().ThrowAsync<ArgumentException>().WithMessage("*'githup'*Did you mean 'github'?*");
    }

    [Fact]
    public async Task Reembed_ModelChanged_GoesOnSearchingAndReplacesVectors()
    {
        using TemporaryFolder folder = new();
        await using (OptimizerFixture first = new(folder.Combine("o.db"), embedder: new CountingEmbedder("old", 8)))
        {
            first.Workloads.Add("a").Add("off");
            first.Backends.Set("a", "create_issue");
            first.Backends.Set("off", "other");
            await first.StartAsync();
        }

        await using OptimizerFixture second = new(folder.Combine("o.db"), embedder: new CountingEmbedder("new", 32));
        await second.Ingestion.LoadAsync();
        (await second.FindAsync("create issue"))[0].Should().Be("a/create_issue", "words still find it");
        (await second.FindAsync("open a ticket"))[0].Should().Be("a/create_issue", "and the built-in vectors");

        int embedded = await second.Get<Services.Ingestion.IngestionService>().ReembedStaleAsync();

        embedded.Should().Be(2);
        (await second.ToolsAsync("a")).Should().OnlyContain(tool => tool.Embedding.Length == 256 + 32 && tool.EmbeddingModel!.EndsWith("+new", StringComparison.Ordinal));
        (await second.Get<Services.Ingestion.IngestionService>().ReembedStaleAsync()).Should().Be(0);
    }

    [SqliteFact]
    public async Task Ingest_ThousandServersUnchanged_ReadsButDoesNotWrite()
    {
        await using OptimizerFixture optimizer = new(configure: options => options.Ingestion.Relink = RelinkPolicy.EveryIngestion);
        for (int i = 0; i < 1000; i++)
        {
            optimizer.Workloads.Add($"server{i}");
            optimizer.Registry.AddContainer($"io.acme/server{i}", $"image/server{i}:1");
            optimizer.Backends.Set($"server{i}", $"tool_{i}_a", $"tool_{i}_b");
        }

        await optimizer.StartAsync();
        optimizer.Embedder.Texts.Clear();
        long before = await DataVersionAsync(optimizer);

        await optimizer.PollAsync();

        optimizer.List().Should().HaveCount(2000);
        optimizer.Embedder.Texts.Should().BeEmpty();
        (await DataVersionAsync(optimizer)).Should().Be(before);
    }

    // Grows with every committed write, whoever made it.
    private static async Task<long> DataVersionAsync(OptimizerFixture optimizer)
    {
        await using Microsoft.Data.Sqlite.SqliteConnection connection = new($"Data Source={optimizer.Database};Pooling=False");
        await connection.OpenAsync();
        await using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT (SELECT COALESCE(MAX(last_updated), '') FROM mcpservers_workload) || (SELECT COALESCE(MAX(last_updated), '') FROM mcpservers_registry) || (SELECT COUNT(*) FROM tools_workload)";
        string state = (string)(await command.ExecuteScalarAsync())!;
        return string.GetHashCode(state, StringComparison.Ordinal);
    }

    // What a server adds is found at once only where the settings say so.
    private static void TrustAdditions(McpOptimizerOptions options) => options.Trust.Servers["*"] = new TrustServerSettings { Additions = Models.Trust.TrustAdditions.Trust };

    private static async Task IngestAsync(TemporaryFolder folder, Action<OptimizerFixture>? prepare = null)
    {
        await using OptimizerFixture optimizer = Restarted(folder);
        prepare?.Invoke(optimizer);
        await optimizer.StartAsync();
    }

    private static OptimizerFixture Restarted(TemporaryFolder folder, Action<McpOptimizerOptions>? configure = null)
    {
        OptimizerFixture optimizer = new(folder.Combine("o.db"), configure);
        optimizer.Workloads.Add("github");
        optimizer.Backends.Set("github", "create_issue");
        return optimizer;
    }

    private static async Task WriteAsync(OptimizerFixture optimizer, Func<WorkloadServer, WorkloadServer> change)
    {
        WorkloadServer server = await optimizer.WorkloadAsync("github");
        await optimizer.Store.WriteAsync((session, token) => session.WorkloadServers.UpsertAsync(change(server), token));
    }
}
