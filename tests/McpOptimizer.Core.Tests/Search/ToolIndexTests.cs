using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Search;
using static McpOptimizer.Core.Tests.Search.Catalogue;

namespace McpOptimizer.Core.Tests.Search;

public sealed class ToolIndexTests
{
    [Fact]
    public void Apply_Change_LeavesTheOldSnapshotAsItWas()
    {
        ToolIndex first = ToolIndex.Create().Apply(Upsert(Server("a", Tool("one"))));

        ToolIndex second = first.Apply(new IndexChange { RemovedServerIds = ["id-a"], Upserted = [Server("b", Tool("two"), Tool("three"))] });

        Names(first).Should().Equal("a/one");
        Names(second).Should().Equal("b/two", "b/three");
        (second.ServerCount, second.ToolCount).Should().Be((1, 2));
    }

    [Fact]
    public void Apply_ServerOfKnownId_ReplacesItWhole()
    {
        ToolIndex index = ToolIndex.Create().Apply(Upsert(Server("a", Tool("one"), Tool("two")), Server("b", Tool("other"))));

        index = index.Apply(Upsert(Server("a", Tool("three")) with { Name = "renamed" }));

        Names(index).Should().Equal("b/other", "renamed/three");
        index.FindTool("a", "one").Should().BeNull();
    }

    [Fact]
    public void Apply_OneServerTwiceInOneChange_TheLaterCounts()
    {
        Names(ToolIndex.Create().Apply(Upsert(Server("a", Tool("one")), Server("a", Tool("two"))))).Should().Equal("a/two");
    }

    [Fact]
    public void Apply_StatesAndUnknownIds_HideAndShowWithoutTouchingTools()
    {
        ToolIndex index = ToolIndex.Create().Apply(Upsert(Server("a", Tool("one")), Server("b", Tool("two"))));

        ToolIndex stopped = index.Apply(new IndexChange
        {
            StateChanged = [new ServerState("id-a", ServerStatus.Stopped, "default", false), new ServerState("unknown", ServerStatus.Running, "x", false)],
            RemovedServerIds = ["unknown too"],
        });
        ToolIndex again = stopped.Apply(new IndexChange { StateChanged = [new ServerState("id-a", ServerStatus.Running, "default", false)] });

        Names(stopped).Should().Equal("b/two");
        stopped.ToolCount.Should().Be(2);
        Names(again).Should().Equal("a/one", "b/two");
    }

    [Fact]
    public void Apply_StateOfAServerInTheSameChange_Counts()
    {
        IndexChange change = new() { Upserted = [Server("a", Tool("one"))], StateChanged = [new ServerState("id-a", ServerStatus.Error, "default", false)] };

        Names(ToolIndex.Create().Apply(change)).Should().BeEmpty();
    }

    [Fact]
    public void VisibilityScope_GroupWithRunningVirtualServer_ShowsTheVirtualOnly()
    {
        ToolIndex index = ToolIndex.Create().Apply(Upsert(
            Server("plain", Tool("one")) with { Group = "team" },
            Server("virtual", Tool("two")) with { Group = "team", VirtualMcp = true },
            Server("other", Tool("three")) with { Group = "ops" },
            Server("third", Tool("four")) with { Group = "hidden" }));
        VisibilityScope scope = new() { Groups = new HashSet<string> { "team", "ops" } };

        Names(index, scope).Should().Equal("other/three", "virtual/two");
        Names(index).Should().HaveCount(4, "without groups nothing is preferred");
        ToolIndex stopped = index.Apply(new IndexChange { StateChanged = [new ServerState("id-virtual", ServerStatus.Stopped, "team", true)] });
        Names(stopped, scope).Should().Equal("other/three", "plain/one");
        Names(index, new VisibilityScope { Groups = new HashSet<string>() }).Should().BeEmpty();
    }

    [Fact]
    public void VisibilityScope_RulesOnServerAndTool_HoldForEveryLookup()
    {
        ToolIndex index = ToolIndex.Create().Apply(Upsert(Server("a", Tool("read_x", tokens: 1), Tool("write_x", tokens: 2)), Server("b", Tool("read_y", tokens: 4))));
        VisibilityScope scope = new() { AllowsServer = server => server != "b", AllowsTool = (_, tool) => tool.Name.StartsWith("read", StringComparison.Ordinal) };

        Names(index, scope).Should().Equal("a/read_x");
        index.CountTokens(scope).Should().Be(1);
        index.FindTool("a", "write_x", scope).Should().BeNull();
        index.FindTool("b", "read_y", scope).Should().BeNull();
        index.FindTool("a", "read_x", scope).Should().NotBeNull();
        index.FindByName("b_read_y", scope).Should().BeEmpty();
        index.ListServers(scope).Should().ContainSingle().Which.Should().BeEquivalentTo(new { Name = "a", ToolCount = 1 });
    }

    [Theory]
    [InlineData("create_issue", "github")]
    [InlineData("github_create_issue", "github")]
    [InlineData("github/create_issue", "github")]
    [InlineData("github__create_issue", "github")]
    [InlineData("github.create_issue", "github")]
    [InlineData("list", "github,gitlab")]
    [InlineData("gitlab-list", "gitlab")]
    [InlineData("github_list", "github,odd")]
    [InlineData("github", "")]
    [InlineData("github_", "")]
    [InlineData("githubcreate_issue", "")]
    [InlineData("_github_list", "")]
    [InlineData("gitlab__hidden", "gitlab")]
    [InlineData("", "")]
    public void FindByName_BareOrPrefixed_GivesAllItMayMean(string name, string servers)
    {
        ToolIndex index = ToolIndex.Create().Apply(Upsert(
            Server("github", Tool("create_issue"), Tool("list")), Server("gitlab", Tool("list"), Tool("_hidden")), Server("odd", Tool("github_list"))));

        string.Join(',', index.FindByName(name).Select(tool => tool.ServerName)).Should().Be(servers);
    }

    [Fact]
    public void FindTool_TwoServersOfOneName_GivesTheVisibleOne()
    {
        ToolIndex index = ToolIndex.Create().Apply(Upsert(
            Server("same", Tool("one")) with { Id = "1", Status = ServerStatus.Stopped }, Server("same", Tool("one"), Tool("two")) with { Id = "2" }));

        index.FindTool("same", "one")!.ServerId.Should().Be("2");
        index.FindTool("same", "two").Should().NotBeNull();
        index.FindTool("same", "three").Should().BeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"inputSchema":5}""")]
    [InlineData("""{"inputSchema":{"properties":{"a":true,"b":{"enum":[1,"two",null,{}]},"c":{"items":[1]}}}}""")]
    [InlineData("""{"inputSchema":{"properties":[{"a":1}]}}""")]
    [InlineData("""{"inputSchema":{"properties":{"\ud800":{"description":"\ud800"}}}}""")]
    public async Task Apply_OddDefinition_IsIndexedByTheRest(string json)
    {
        ToolIndexHolder holder = new();
        holder.Apply(Upsert(Server("a", Tool("alpha", "wombat") with { DefinitionJson = System.Text.Encoding.UTF8.GetBytes(json) })));

        (await new ToolSearchService(holder).SearchAsync(new ToolQuery { Description = "wombat" })).Hits.Should().ContainSingle();
    }

    [Fact]
    public async Task Apply_ManyChanges_SearchesLikeAFreshIndex()
    {
        SearchSettings settings = new() { MaxSegments = 2, ImmediateMergeTools = 60, FullScanTools = 50, ScanSurvivors = 200 };
        ToolIndexHolder grown = new(settings);
        Dictionary<string, ServerDocument> expected = [];
        Random random = new(3);
        for (int step = 0; step < 120; step++)
        {
            ServerDocument server = Catalogue.Random(random.Next(40), random.Next(1, 30), dimension: 16);
            switch (step % 4)
            {
                case 3:
                    expected.Remove(server.Id);
                    grown.Apply(new IndexChange { RemovedServerIds = [server.Id] });
                    break;
                case 2 when expected.TryGetValue(server.Id, out ServerDocument? known):
                    expected[server.Id] = known with { Status = ServerStatus.Stopped };
                    grown.Apply(new IndexChange { StateChanged = [new ServerState(server.Id, ServerStatus.Stopped, known.Group, false)] });
                    break;
                default:
                    expected[server.Id] = server;
                    grown.Apply(Upsert(server));
                    break;
            }
        }

        await grown.WhenMergedAsync();
        ToolIndexHolder fresh = new(settings);
        fresh.Apply(Upsert([.. expected.Values]));
        using FixedEmbedder embedder = new(text => [.. Enumerable.Range(0, 16).Select(i => MathF.Sin((text.Length * 7) + i))]);
        Names(grown.Current).Should().Equal(Names(fresh.Current));
        foreach (string query in (string[])["create invoice", "delete the ticket of a camera", "search recipe and send parcel", "invoise databse", "zzz"])
        {
            ToolQuery asked = new() { Description = query, Limit = 50 };
            ToolSearchResult left = await new ToolSearchService(grown, settings, embedder).SearchAsync(asked);
            ToolSearchResult right = await new ToolSearchService(fresh, settings, embedder).SearchAsync(asked);
            left.Hits.Select(hit => (hit.Tool.Id, Math.Round(hit.Score, 4))).Should().Equal(right.Hits.Select(hit => (hit.Tool.Id, Math.Round(hit.Score, 4))));
            left.Metrics.Should().Be(right.Metrics);
        }
    }

    [Fact]
    public async Task SearchAsync_HiddenTools_AreFilteredBeforeTheCut()
    {
        ToolIndexHolder holder = new();
        holder.Apply(Upsert(
            Server("big", [.. Enumerable.Range(0, 600).Select(i => Tool($"create_invoice_{i}", "Create an invoice.", vector: [1, 0]))]) with { Group = "hidden" },
            Server("small", Tool("create_bill", "Somewhere an invoice is created at the very end of this description.", vector: [0.1f, 1])) with { Group = "mine" }));
        using FixedEmbedder embedder = new(_ => [1, 0]);
        VisibilityScope scope = new() { Groups = new HashSet<string> { "mine" } };

        foreach (ToolSearchService service in (ToolSearchService[])[new(holder), new(holder, generator: embedder)])
        {
            ToolSearchResult result = await service.SearchAsync(new ToolQuery { Description = "create an invoice", Scope = scope });
            result.Hits.Should().ContainSingle().Which.Tool.ServerName.Should().Be("small");
            result.Metrics.BaselineTokens.Should().Be(10);
        }
    }

    [Fact]
    public async Task SearchAsync_HiddenTools_DoNotMoveTheScoresOfOthers()
    {
        ServerDocument[] mine = [.. Enumerable.Range(0, 5).Select(i => Catalogue.Random(i, 20, 8) with { Group = "mine" })];
        ToolIndexHolder alone = new();
        alone.Apply(Upsert(mine));
        ToolIndexHolder among = new();
        among.Apply(Upsert([.. mine, .. Enumerable.Range(10, 20).Select(i => Catalogue.Random(i, 30, 8) with { Group = "hidden" })]));
        VisibilityScope scope = new() { Groups = new HashSet<string> { "mine" } };
        using FixedEmbedder embedder = new(_ => [1, 0, 0, 1, 0, 0, 1, 0]);

        ToolSearchResult left = await new ToolSearchService(alone, generator: embedder).SearchAsync(new ToolQuery { Description = "create invoice" });
        ToolSearchResult right = await new ToolSearchService(among, generator: embedder).SearchAsync(new ToolQuery { Description = "create invoice", Scope = scope });

        left.Hits.Select(hit => (hit.Tool.Id, hit.Score)).Should().Equal(right.Hits.Select(hit => (hit.Tool.Id, hit.Score)));
    }

    [Fact]
    public async Task SearchAsync_WhileChangesArePublished_SeesWholeSnapshots()
    {
        SearchSettings settings = new() { MaxSegments = 2, ImmediateMergeTools = 20 };
        ToolIndexHolder holder = new(settings);
        holder.Apply(Upsert(Server("stable", Tool("stable_invoice", "Create an invoice."))));
        ToolSearchService service = new(holder, settings);
        using CancellationTokenSource done = new();
        Task[] searches = [.. Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            int searched = 0;
            while (!done.IsCancellationRequested || searched == 0)
            {
                // A pair is always published and removed together.
                ToolSearchResult result = await service.SearchAsync(new ToolQuery { Description = "create invoice pair", Limit = 50 });
                result.Hits.Should().Contain(hit => hit.Tool.Name == "stable_invoice");
                result.Hits.Where(hit => hit.Tool.Name == "pair").GroupBy(hit => hit.Tool.ServerName[..^1]).Where(pair => pair.Count() != 2).Should().BeEmpty();
                searched++;
            }
        }))];

        for (int i = 0; i < 150; i++)
        {
            holder.Apply(Upsert(Server($"p{i % 7}-a", Tool("pair", "invoice")), Server($"p{i % 7}-b", Tool("pair", "invoice"))));
            holder.Apply(new IndexChange { RemovedServerIds = [$"id-p{(i + 3) % 7}-a", $"id-p{(i + 3) % 7}-b"] });
        }

        await done.CancelAsync();
        await Task.WhenAll(searches);
        await holder.WhenMergedAsync();
        holder.Version.Should().Be(301);
    }

    [Fact]
    public void Apply_Change_RaisesChangedAfterPublishing()
    {
        ToolIndexHolder holder = new();
        List<int> seen = [];
        holder.Changed += (_, _) => seen.Add(holder.Current.ToolCount);

        holder.Apply(Upsert(Server("a", Tool("one"))));
        holder.Apply(Upsert(Server("b", Tool("two"))));

        seen.Should().Equal(1, 2);
    }

    [Fact]
    public async Task SearchAsync_SketchedScan_FindsTheNearestVectors()
    {
        ServerDocument[] servers = [.. Enumerable.Range(0, 30).Select(i => Catalogue.Random(i, 100, dimension: 256))];
        SearchSettings exact = new();
        SearchSettings sketched = new() { FullScanTools = 0, ScanSurvivors = 400 };
        ToolIndexHolder holder = new();
        holder.Apply(Upsert(servers));
        int found = 0;
        for (int i = 0; i < 20; i++)
        {
            // As a query does, each lies near one tool.
            Random random = new(i);
            float[] near = [.. servers[i].Tools[i].Embedding.Span.ToArray().Select(value => value + (float)(0.8 * (random.NextDouble() - 0.5)))];
            using FixedEmbedder embedder = new(_ => near);
            ToolSearchResult left = await new ToolSearchService(holder, exact, embedder).SearchAsync(new ToolQuery { Description = "qqq" });
            ToolSearchResult right = await new ToolSearchService(holder, sketched, embedder).SearchAsync(new ToolQuery { Description = "qqq" });
            left.Hits[0].Tool.Id.Should().Be(servers[i].Tools[i].Id);
            right.Hits[0].Tool.Id.Should().Be(left.Hits[0].Tool.Id);
            found += right.Hits.Select(hit => hit.Tool.Id).Intersect(left.Hits.Select(hit => hit.Tool.Id)).Count();
        }

        found.Should().BeGreaterThan(20 * 8 * 8 / 10);
    }

    private static IEnumerable<string> Names(ToolIndex index, VisibilityScope? scope = null) => index.ListTools(scope).Select(tool => $"{tool.ServerName}/{tool.Name}");
}
