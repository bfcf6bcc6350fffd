using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Models.Explanations;
using McpOptimizer.Core.Models.Learning;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Explanations;
using McpOptimizer.Core.Services.Learning;
using McpOptimizer.Core.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Shared.Testing;

namespace McpOptimizer.Core.Tests.Learning;

/// <summary>From a search and the call after it to the next search, with the real services and a real database.</summary>
public sealed class LearningTests
{
    private const string Need = "draw up the paper that a customer has to pay";

    private static readonly CallerIdentity Alice = new() { Subject = "alice", SessionId = "a" };
    private static readonly CallerIdentity Bob = new() { Subject = "bob", SessionId = "b" };

    [Fact]
    public async Task Find_AfterUse_TheCalledToolComesBeforeThoseThatWerePassedOver()
    {
        await using OptimizerFixture optimizer = await StartAsync();
        string[] before = await FindAsync(optimizer, Alice);

        await UseAsync(optimizer, Alice, before[4], times: 12);

        (await FindAsync(optimizer, Alice))[0].Should().Be(before[4]);
        (await FindAsync(optimizer, Bob))[0].Should().Be(before[4], "callers of one profile learn from each other");
        (await FindAsync(optimizer, Alice, learn: false)).Should().Equal(before, "who says so gets the ranking without");
    }

    [Fact]
    public async Task Find_WithoutTheSetting_LearnsNothing()
    {
        await using OptimizerFixture optimizer = await StartAsync(options => options.Learning.Enabled = false);
        string[] before = await FindAsync(optimizer, Alice);

        await UseAsync(optimizer, Alice, before[4], times: 12);

        (await FindAsync(optimizer, Alice)).Should().Equal(before);
        (await optimizer.Get<ILearningService>().ListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Call_OfAToolThatAnotherFound_OrNobody_TeachesNothing()
    {
        await using OptimizerFixture optimizer = await StartAsync();
        string[] found = await FindAsync(optimizer, Alice);

        await CallAsync(optimizer, Bob, found[4]);
        await CallAsync(optimizer, Alice with { SessionId = "another" }, found[4]);
        await FindAsync(optimizer, Bob, learn: false);
        await CallAsync(optimizer, Bob, found[4]);

        (await optimizer.Get<ILearningService>().ListAsync()).Should().BeEmpty();

        await CallAsync(optimizer, Alice, found[4]);
        await CallAsync(optimizer, Alice, found[4]);

        (await optimizer.Get<ILearningService>().ListAsync()).Should().ContainSingle().Which.Should().BeEquivalentTo(
            new { Profile = "", Requests = 1, Callers = 1, Tools = 1 }, "the second call of the same hit says nothing new");
    }

    [Fact]
    public async Task Call_HalfAnHourAfterTheSearch_TeachesNothing()
    {
        FakeTimeProvider clock = new(DateTimeOffset.UtcNow);
        await using OptimizerFixture optimizer = await StartAsync(services: services => services.AddSingleton<TimeProvider>(clock));
        string[] found = await FindAsync(optimizer, Alice);

        clock.Advance(TimeSpan.FromMinutes(31));
        await CallAsync(optimizer, Alice, found[4]);

        (await optimizer.Get<ILearningService>().ListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task Explain_AfterUse_SaysHowOftenItWasCalled()
    {
        await using OptimizerFixture optimizer = await StartAsync();
        string wanted = (await FindAsync(optimizer, Alice))[4];
        await UseAsync(optimizer, Alice, wanted, times: 12);

        Explanation explanation = await optimizer.Get<IExplanationService>().ExplainAsync(new ExplanationRequest { Query = new ToolQuery { Description = Need } }, Alice);

        HistoryEvidence history = explanation.Hits.First(hit => Name(hit.Tool) == wanted).Explanation!.History!;
        history.Calls.Should().Be(12);
        history.Score.Should().BePositive();
        history.ToString().Should().Be("called 12 times after similar requests");
        Core.Tools.ExplanationAnswer.Write(explanation).Should().Contain("called 12 times after similar requests");
    }

    [Fact]
    public async Task Find_FailedCalls_SpeakAgainstTheTool()
    {
        await using OptimizerFixture optimizer = await StartAsync();
        string[] before = await FindAsync(optimizer, Alice);
        await UseAsync(optimizer, Alice, before[1], times: 4);
        optimizer.Backends.Respond = (_, _) => new JsonObject { ["isError"] = true, ["content"] = new JsonArray() };

        await UseAsync(optimizer, Alice, before[0], times: 6);

        (await FindAsync(optimizer, Alice))[..2].Should().Equal(before[1], before[0]);
    }

    [Fact]
    public async Task History_AfterARestart_IsStillThere_AndForgottenWhenAsked()
    {
        using TemporaryFolder folder = new();
        string database = folder.Combine("kept.db");
        string[] before;
        await using (OptimizerFixture first = await StartAsync(database: database))
        {
            await first.HostAsync();
            before = await FindAsync(first, Alice);
            await UseAsync(first, Alice, before[4], times: 12);
        }

        await using OptimizerFixture second = await StartAsync(database: database);
        (await FindAsync(second, Alice))[0].Should().Be(before[4]);

        ILearningService learning = second.Get<ILearningService>();
        (await learning.ForgetAsync(new ForgetRequest { Subject = "bob" })).Should().Be(0);
        (await learning.ForgetAsync(new ForgetRequest { Subject = "alice", ServerName = before[4].Split('/')[0], ToolName = before[4].Split('/')[1] })).Should().Be(12);

        (await FindAsync(second, Alice)).Should().Equal(before);
        (await learning.ListAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task History_OfAnotherProcess_IsTakenOver_AndForgottenWithIt()
    {
        using TemporaryFolder folder = new();
        string database = folder.Combine("shared.db");
        await using OptimizerFixture first = await StartAsync(database: database);
        await using OptimizerFixture second = await StartAsync(database: database);
        string[] before = await FindAsync(second, Alice);

        await UseAsync(first, Alice, before[4], times: 12);
        await first.Get<LearningService>().RefreshAsync();
        await second.Get<LearningService>().RefreshAsync();
        (await FindAsync(second, Alice))[0].Should().Be(before[4]);

        await first.Get<ILearningService>().ForgetAsync(new ForgetRequest());
        await second.Get<LearningService>().RefreshAsync();
        (await FindAsync(second, Alice)).Should().Equal(before);
    }

    [Fact]
    public async Task Store_WithoutBeingAsked_HoldsNoWordsAndNoNames()
    {
        await using OptimizerFixture optimizer = await StartAsync();
        await UseAsync(optimizer, Alice, (await FindAsync(optimizer, Alice))[4], times: 1);
        await optimizer.Get<LearningService>().RefreshAsync();

        IReadOnlyList<Models.Store.LearnedRequest> stored = await optimizer.Store.ReadAsync((session, token) => session.Learning.ListAsync(token));

        stored.Should().ContainSingle();
        stored[0].Text.Should().BeNull();
        stored[0].Caller.Should().NotContain("alice");
    }

    [Fact]
    public async Task Store_AskedToKeepText_HasIt()
    {
        await using OptimizerFixture optimizer = await StartAsync(options => options.Learning.KeepText = true);
        await UseAsync(optimizer, Alice, (await FindAsync(optimizer, Alice))[4], times: 1);
        await optimizer.Get<LearningService>().RefreshAsync();

        (await optimizer.Store.ReadAsync((session, token) => session.Learning.ListAsync(token)))[0].Text.Should().Be(Need);
    }

    [Fact]
    public async Task Profiles_LearnEachForItself_AndNotWhereTheySayNo()
    {
        await using OptimizerFixture optimizer = await StartAsync(options =>
        {
            options.Profiles["one"] = new ProfileSettings();
            options.Profiles["two"] = new ProfileSettings();
            options.Profiles["none"] = new ProfileSettings { Learning = false };
        });
        CallerIdentity one = new() { Profile = "one", SessionId = "1" };
        CallerIdentity two = new() { Profile = "two", SessionId = "2" };
        CallerIdentity none = new() { Profile = "none", SessionId = "3" };
        string[] before = await FindAsync(optimizer, one);

        await UseAsync(optimizer, one, before[4], times: 12);
        await UseAsync(optimizer, none, before[3], times: 12);

        (await FindAsync(optimizer, one))[0].Should().Be(before[4]);
        (await FindAsync(optimizer, two)).Should().Equal(before);
        (await FindAsync(optimizer, none)).Should().Equal(before);
        (await optimizer.Get<ILearningService>().ListAsync()).Select(profile => profile.Profile).Should().Equal("one");
    }

    [Fact]
    public async Task Find_ThroughMcp_TheMetaMemberTurnsLearningOff()
    {
        await using OptimizerFixture optimizer = await StartAsync();
        await using OptimizerClient client = await OptimizerClient.ConnectAsync(optimizer.Services);
        string wanted = (await FindAsync(optimizer, Alice))[4];

        foreach (bool learn in (bool[])[false, true])
        {
            await client.Client.CallToolAsync(new ModelContextProtocol.Protocol.CallToolRequestParams
            {
                Name = "find_tool",
                Arguments = new Dictionary<string, JsonElement> { ["tool_description"] = JsonSerializer.SerializeToElement(Need) },
                Meta = new JsonObject { ["mcp-optimizer/learn"] = learn },
            });
            await client.Client.CallToolAsync("call_tool", new Dictionary<string, object?> { ["server_name"] = wanted.Split('/')[0], ["tool_name"] = wanted.Split('/')[1], ["parameters"] = new JsonObject() });
            (await optimizer.Get<ILearningService>().ListAsync()).Sum(profile => profile.Requests).Should().Be(learn ? 1 : 0);
        }
    }

    [Fact]
    public async Task Find_AfterCallsOfAServer_ItsToolsGainForThatCallerAlone()
    {
        await using OptimizerFixture optimizer = await StartAsync(options => options.Learning.RecentServerWeight = 5, others: 1_000);
        string[] before = await FindAsync(optimizer, Alice);

        await CallAsync(optimizer, Alice, "home/home_song");

        (await FindAsync(optimizer, Alice))[..2].Should().OnlyContain(name => name.StartsWith("home/", StringComparison.Ordinal));
        (await FindAsync(optimizer, Bob)).Should().Equal(before);
        Explanation explanation = await optimizer.Get<IExplanationService>().ExplainAsync(new ExplanationRequest { Query = new ToolQuery { Description = Need } }, Alice);
        explanation.Hits[0].Explanation!.RecentServer.Should().BePositive();
    }

    [Theory]
    [InlineData(12_000, true)]
    [InlineData(1_000, false)]
    public async Task Find_AfterASimilarRequestLedToAServer_ItsOtherToolsGainAmongManyTools(int others, bool gains)
    {
        FakeTimeProvider clock = new();
        await using OptimizerFixture optimizer = await StartAsync(options => options.Learning.RecentServerWeight = 5, services: services => services.AddSingleton<TimeProvider>(clock), others: others);
        string[] before = await FindAsync(optimizer, Alice);
        await UseAsync(optimizer, Alice, before[4], times: 3);

        // Long after his last call; what led there is remembered.
        clock.Advance(TimeSpan.FromHours(2));
        Explanation explanation = await optimizer.Get<IExplanationService>().ExplainAsync(new ExplanationRequest { Query = new ToolQuery { Description = Need, Limit = 20 } }, Alice);

        string server = before[4].Split('/')[0];
        explanation.Hits.Where(hit => hit.Tool.ServerName == server && hit.Tool.Name != before[4].Split('/')[1]).Should().NotBeEmpty()
            .And.OnlyContain(hit => hit.Explanation!.RecentServer > 0 == gains);
        explanation.Hits.Where(hit => hit.Tool.ServerName != server).Should().OnlyContain(hit => hit.Explanation!.RecentServer == 0);
    }

    [Fact]
    public async Task Find_AfterCallsOfAServerAmongFewTools_KeepsTheOrder()
    {
        await using OptimizerFixture optimizer = await StartAsync(options => options.Learning.RecentServerWeight = 5);
        string[] before = await FindAsync(optimizer, Alice);

        await CallAsync(optimizer, Alice, "home/home_song");

        (await FindAsync(optimizer, Alice)).Should().Equal(before, "there is little to mistake");
    }

    private static async Task<OptimizerFixture> StartAsync(Action<McpOptimizerOptions>? configure = null, string? database = null, Action<IServiceCollection>? services = null, int others = 0)
    {
        OptimizerFixture optimizer = new(
            database,
            options =>
            {
                options.Learning.Enabled = true;

                // Stronger than the defaults, which are tuned elsewhere: what is tested here is who learns what.
                options.Learning.Weight = 3;
                options.Learning.RecentServerWeight = 0;
                configure?.Invoke(options);
            },
            new CountingEmbedder(dimensions: 64),
            services: services);
        string[] things = ["invoice", "parcel", "ticket", "recipe", "meeting", "contact", "camera", "song"];
        foreach (string server in (string[])["shop", "office", "home"])
        {
            optimizer.Workloads.Add(server);
            optimizer.Backends.Set(server, [.. things.Select(thing => FakeBackends.Tool($"{server}_{thing}", $"Makes the {thing} of a customer of the {server}."))]);
        }

        if (others > 0)
        {
            optimizer.Workloads.Add("others");
            optimizer.Backends.Set("others", [.. Enumerable.Range(0, others).Select(i => FakeBackends.Tool($"sort_{i}", $"Sorts shelf {i}."))]);
        }

        await optimizer.StartAsync();
        return optimizer;
    }

    private static async Task<string[]> FindAsync(OptimizerFixture optimizer, CallerIdentity caller, bool learn = true) =>
    [
        .. (await optimizer.Discovery.FindAsync(new FindRequest { Query = new ToolQuery { Description = Need }, Learn = learn }, caller)).Tools.Select(tool => Name(tool.Hit.Tool)),
    ];

    private static async Task UseAsync(OptimizerFixture optimizer, CallerIdentity caller, string tool, int times)
    {
        for (int i = 0; i < times; i++)
        {
            await FindAsync(optimizer, caller);
            await CallAsync(optimizer, caller, tool);
        }
    }

    private static async Task CallAsync(OptimizerFixture optimizer, CallerIdentity caller, string tool)
    {
        string[] names = tool.Split('/');
        await optimizer.Get<IToolCallService>().CallAsync(
            new ToolCallRequest { ServerName = names[0], ToolName = names[1] },
            optimizer.Get<IVisibilityService>().ScopeOf(caller),
            new CallContext { Caller = caller.Subject, SessionId = caller.SessionId });
    }

    private static string Name(IndexedTool tool) => $"{tool.ServerName}/{tool.Name}";
}
