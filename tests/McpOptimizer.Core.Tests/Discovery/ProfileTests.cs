using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Tests.Fixtures;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Tests.Discovery;

public sealed class ProfileTests
{
    private const string Secret = "launch_missiles";

    private static readonly CallerIdentity Reader = new() { Profile = "reader" };

    [Fact]
    public async Task Profile_HidesTools_OnEveryPath()
    {
        await using OptimizerFixture optimizer = await StartAsync();
        IVisibilityService visibility = optimizer.Get<IVisibilityService>();
        IToolCallService calls = optimizer.Get<IToolCallService>();
        VisibilityScope scope = visibility.ScopeOf(Reader);

        optimizer.Discovery.List(Reader).Select(tool => tool.Name).Should().Equal("get_status");
        FindResult found = await optimizer.Discovery.FindAsync(new FindRequest { Query = new ToolQuery { Description = "launch missiles", Keywords = Secret, Limit = 50, Explain = true } }, Reader);
        found.Tools.Select(tool => tool.Hit.Tool.Name).Should().NotContain(Secret);
        found.Metrics.BaselineTokens.Should().Be(optimizer.Discovery.List(Reader).Sum(tool => tool.TokenCount), "counts do not tell of hidden tools");
        optimizer.Discovery.Describe(Reader, ["army/" + Secret, Secret]).Tools.Should().BeEmpty();
        optimizer.Discovery.DescribeCatalog(Reader).Should().Contain("1 tools of 1 server").And.NotContain("missiles").And.NotContain("navy");

        ToolCallOutcome hidden = await calls.CallAsync(new ToolCallRequest { ServerName = "army", ToolName = Secret }, scope, CallContext.None);
        ToolCallOutcome absent = await calls.CallAsync(new ToolCallRequest { ServerName = "army", ToolName = "launch_nothing!!" }, scope, CallContext.None);
        hidden.Status.Should().Be(ToolCallStatus.NotFound);
        Message(hidden).Replace(Secret, "X", StringComparison.Ordinal).Should().Be(Message(absent).Replace("launch_nothing!!", "X", StringComparison.Ordinal), "hidden and absent read the same");

        ToolCallOutcome hiddenServer = await calls.CallAsync(new ToolCallRequest { ServerName = "navy", ToolName = "sail" }, scope, CallContext.None);
        ToolCallOutcome absentServer = await calls.CallAsync(new ToolCallRequest { ServerName = "nav0", ToolName = "sail" }, scope, CallContext.None);
        Message(hiddenServer).Replace("navy", "X", StringComparison.Ordinal).Should().Be(Message(absentServer).Replace("nav0", "X", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Profile_LetsAllowedToolsBeCalled()
    {
        await using OptimizerFixture optimizer = await StartAsync();

        ToolCallOutcome outcome = await optimizer.Get<IToolCallService>().CallAsync(
            new ToolCallRequest { ServerName = "army", ToolName = "get_status" }, optimizer.Get<IVisibilityService>().ScopeOf(Reader), CallContext.None);

        outcome.Status.Should().Be(ToolCallStatus.Succeeded, outcome.Result.ToJsonString());
    }

    [Fact]
    public async Task Description_IsWrittenOnceASnapshotAndScope()
    {
        await using OptimizerFixture optimizer = await StartAsync();

        string everybody = optimizer.Discovery.DescribeCatalog(CallerIdentity.Anonymous);

        optimizer.Discovery.DescribeCatalog(CallerIdentity.Anonymous).Should().BeSameAs(everybody, "clients ask for it at each call");
        optimizer.Discovery.DescribeCatalog(Reader).Should().NotBe(everybody);
        optimizer.Backends.Set("navy", "sail", "anchor");
        await optimizer.PollAsync();
        optimizer.Discovery.DescribeCatalog(CallerIdentity.Anonymous).Should().NotBe(everybody);
    }

    [Fact]
    public async Task Profile_Unknown_OrNotTheSubjects_SeesNothing()
    {
        await using OptimizerFixture optimizer = await StartAsync();

        optimizer.Discovery.List(new CallerIdentity { Profile = "nobody" }).Should().BeEmpty();
        optimizer.Discovery.List(new CallerIdentity { Profile = "reader", Subject = "intern" }).Should().BeEmpty("the intern's token is bound to another profile");
        optimizer.Discovery.List(new CallerIdentity { Subject = "intern" }).Select(tool => tool.ServerName).Distinct().Should().Equal("navy");
        optimizer.Discovery.List(CallerIdentity.Anonymous).Should().HaveCount(4);
    }

    [Theory]
    [InlineData(null, null, null, "everything")]
    [InlineData(null, null, "bound", "navy")]
    [InlineData(null, "sailor", "bound", "navy")]
    [InlineData(null, "open", "bound", "nothing")]
    [InlineData(null, null, "forgotten", "nothing")]
    [InlineData(null, "open", "forgotten", "nothing")]
    [InlineData(null, "sailor", "forgotten", "nothing")]
    [InlineData("open", null, "bound", "navy")]
    [InlineData("open", "open", "bound", "navy")]
    [InlineData("open", "other", "bound", "nothing")]
    [InlineData("open", null, "forgotten", "army")]
    [InlineData("open", "open", "forgotten", "army")]
    [InlineData("open", "other", "forgotten", "nothing")]
    [InlineData("open", "sailor", "forgotten", "nothing")]
    public void Subject_OnceSomeAreBound_SeesItsProfileTheDefaultOrNothing(string? byDefault, string? addressed, string? subject, string expected)
    {
        McpOptimizerOptions options = new() { DefaultProfile = byDefault };
        options.Profiles["sailor"] = new ProfileSettings { Servers = { "navy" }, Subjects = { "bound" } };
        options.Profiles["open"] = new ProfileSettings { Servers = { "army" } };
        options.Profiles["other"] = new ProfileSettings();

        See(options, new CallerIdentity { Profile = addressed, Subject = subject }).Should().Be(expected);
    }

    [Theory]
    [InlineData(null, null, "group:sea", "navy")]
    [InlineData(null, "sailor", "group:sea", "navy")]
    [InlineData(null, "open", "group:sea", "nothing")]
    [InlineData("open", null, "group:sea", "navy")]
    [InlineData("open", "open", "group:sea", "navy")]
    [InlineData(null, null, "group:sea,group:land", "nothing")]
    [InlineData(null, "soldier", "group:sea,group:land", "army")]
    [InlineData(null, "sailor", "group:sea,group:land", "navy")]
    [InlineData("soldier", null, "group:sea,group:land", "army")]
    [InlineData("open", null, "group:sea,group:land", "nothing")]
    [InlineData(null, null, "group:kitchen", "nothing")]
    [InlineData(null, "open", "group:kitchen", "nothing")]
    [InlineData("open", null, "group:kitchen", "army")]
    [InlineData(null, null, "", "nothing")]
    public void Groups_OfWhoSignsIn_GiveTheirProfileTheDefaultOrNothing(string? byDefault, string? addressed, string groups, string expected)
    {
        McpOptimizerOptions options = new() { DefaultProfile = byDefault };
        options.Profiles["sailor"] = new ProfileSettings { Servers = { "navy" }, Subjects = { "group:sea" } };
        options.Profiles["soldier"] = new ProfileSettings { Servers = { "army" }, Subjects = { "group:land", "user:boss" } };
        options.Profiles["open"] = new ProfileSettings { Servers = { "army" } };
        string[] names = groups.Split(',', StringSplitOptions.RemoveEmptyEntries);

        See(options, new CallerIdentity { Profile = addressed, Subject = "user:anna", Groups = names }).Should().Be(expected);
        See(options, new CallerIdentity { Subject = "user:boss", Groups = names }).Should().Be("army", "his own name is stronger than his groups");
    }

    [Fact]
    public void Groups_NoProfileNamesAnybody_WhoSignsInSeesTheDefaultOrNothing_AndAllWhereThereAreNoProfiles()
    {
        McpOptimizerOptions options = new();
        See(options, new CallerIdentity { Subject = "user:anna", Groups = [] }).Should().Be("everything");
        options.Profiles["open"] = new ProfileSettings { Servers = { "army" } };

        See(options, new CallerIdentity { Subject = "user:anna", Groups = [] }).Should().Be("nothing");
        See(options, new CallerIdentity { Subject = "user:anna", Groups = [], Profile = "open" }).Should().Be("nothing");
        See(options, new CallerIdentity { Subject = "robot", Profile = "open" }).Should().Be("army", "the settings know this one");
    }

    [Fact]
    public void Options_ProfilesThatContradictThemselves_AreNamed()
    {
        McpOptimizerOptions options = new() { DefaultProfile = "redaer" };
        options.Profiles["reader"] = new ProfileSettings { Subjects = { "anna", "anna" }, BelieveHintsOf = { "army" } };
        options.Profiles["writer"] = new ProfileSettings { Subjects = { "anna" } };

        string? message = new McpOptimizerOptionsValidator().Validate(null, options).FailureMessage;

        message.Should().Contain("'anna' is in Subjects of reader and writer").And.Contain("DefaultProfile is 'redaer'").And.Contain("Did you mean 'reader'?")
            .And.Contain("Profiles:reader:BelieveHintsOf restricts nothing");
    }

    [Fact]
    public async Task Profile_ReadOnlyThatBelievesSomeServers_HidesWhatOthersDeclare()
    {
        await using OptimizerFixture optimizer = await StartAsync();

        optimizer.Discovery.List(new CallerIdentity { Profile = "careful" }).Should().HaveCount(1);
        optimizer.Discovery.List(new CallerIdentity { Profile = "doubting" }).Should().BeEmpty();
        optimizer.Discovery.List(new CallerIdentity { Profile = "trusting" }).Select(tool => tool.Name).Should().Equal("get_status");
    }

    [Fact]
    public async Task Profile_ReadOnly_MayNotInstall()
    {
        await using OptimizerFixture optimizer = await StartAsync();
        IVisibilityService visibility = optimizer.Get<IVisibilityService>();

        visibility.MayInstall(new CallerIdentity { Profile = "careful", IsAdmin = true }).Should().BeFalse();
        visibility.MayInstall(new CallerIdentity { Profile = "nobody", IsAdmin = true }).Should().BeFalse();
        visibility.MayInstall(Reader with { IsAdmin = true }).Should().BeTrue();
        visibility.MayInstall(Reader).Should().BeFalse("the right was not given");
        visibility.MayInstall(CallerIdentity.Anonymous).Should().BeTrue("whoever runs this process");
        optimizer.Discovery.List(new CallerIdentity { Profile = "careful" }).Select(tool => tool.Name).Should().Equal("get_status");
    }

    [Fact]
    public async Task Profile_CallsPerMinute_RefusesWhatExceedsThemWithoutAskingTheBackend()
    {
        await using OptimizerFixture optimizer = await StartAsync();
        IToolCallService calls = optimizer.Get<IToolCallService>();
        VisibilityScope scope = optimizer.Get<IVisibilityService>().ScopeOf(new CallerIdentity { Profile = "frugal" });
        ToolCallRequest[] requests = [.. Enumerable.Repeat(new ToolCallRequest { ServerName = "navy", ToolName = "sail" }, 5)];

        IReadOnlyList<ToolCallOutcome> outcomes = await calls.CallManyAsync(requests, scope, CallContext.None);

        outcomes.Count(outcome => outcome.Status == ToolCallStatus.Succeeded).Should().Be(3);
        ToolCallOutcome refused = outcomes.First(outcome => outcome.Status == ToolCallStatus.LimitReached);
        Message(refused).Should().Contain("3 calls a minute").And.Contain("try again");
        (await calls.CallAsync(requests[0], optimizer.Get<IVisibilityService>().ScopeOf(new CallerIdentity { Profile = "sailor" }), CallContext.None))
            .Status.Should().Be(ToolCallStatus.Succeeded, "another profile has limits of its own");
    }

    [Fact]
    public async Task Profile_ConcurrentCalls_WaitTheirTurn()
    {
        CallLimits limits = new(null, maxConcurrentCalls: 2);
        (IDisposable? first, _) = await limits.EnterAsync();
        (IDisposable? second, _) = await limits.EnterAsync();

        Task<(IDisposable? Place, string? Refusal)> third = limits.EnterAsync();

        third.IsCompleted.Should().BeFalse();
        first!.Dispose();
        (await third).Refusal.Should().BeNull();
        second!.Dispose();
        (await third).Place!.Dispose();
    }

    [Fact]
    public void Profile_LimitOutOfRange_IsNamed()
    {
        McpOptimizerOptions options = new();
        options.Profiles["frugal"] = new ProfileSettings { CallsPerMinute = 0 };

        new McpOptimizerOptionsValidator().Validate(null, options).FailureMessage.Should().Contain("Profiles:frugal:CallsPerMinute is 0").And.Contain("1 to 1000000");
    }

    private static string Message(ToolCallOutcome outcome) => outcome.Result["content"]![0]!["text"]!.GetValue<string>();

    private static async Task<OptimizerFixture> StartAsync()
    {
        OptimizerFixture optimizer = new(configure: options =>
        {
            options.Profiles["reader"] = new ProfileSettings { Servers = { "arm*" }, AllowTools = { "army/*" }, DenyTools = { "*/launch_*", "army/move" } };
            options.Profiles["sailor"] = new ProfileSettings { Servers = { "navy" }, Subjects = { "intern" } };
            options.Profiles["frugal"] = new ProfileSettings { CallsPerMinute = 3 };
            options.Profiles["careful"] = new ProfileSettings { ReadOnly = true };
            options.Profiles["doubting"] = new ProfileSettings { ReadOnly = true, BelieveHintsOf = { "navy" } };
            options.Profiles["trusting"] = new ProfileSettings { ReadOnly = true, BelieveHintsOf = { "arm*" } };
            options.Trust.Servers["navy"] = new TrustServerSettings { Additions = Models.Trust.TrustAdditions.Trust };
        });
        optimizer.Workloads.Add("army").Add("navy");
        optimizer.Backends.Set(
            "army",
            FakeBackends.Tool(Secret, "Launches missiles."),
            FakeBackends.Tool("move"),
            new ToolDefinition { Name = "get_status", Description = "Says how it stands.", Json = JsonSerializer.SerializeToUtf8Bytes(new { name = "get_status", description = "Says how it stands.", inputSchema = new { type = "object" }, annotations = new { readOnlyHint = true } }) });
        optimizer.Backends.Set("navy", "sail");
        await optimizer.StartAsync();
        return optimizer;
    }

    private static string See(McpOptimizerOptions options, CallerIdentity caller)
    {
        VisibilityScope scope = new VisibilityService(Options.Create(options)).ScopeOf(caller);
        string seen = scope.AllowsServer is not { } allows ? "everything" : string.Join(' ', new[] { "army", "navy", "other" }.Where(allows));
        return seen.Length == 0 ? "nothing" : seen;
    }
}
