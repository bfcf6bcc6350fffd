using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Tests.Fixtures;
using McpOptimizer.Core.Tools;

namespace McpOptimizer.Core.Tests.Discovery;

public sealed class DuplicateTests
{
    private static readonly CallerIdentity Reader = new() { Profile = "reader" };

    [Fact]
    public async Task Find_SameDefinitionOnSeveralServers_HasOnePlace_AndSaysWhereElse()
    {
        await using OptimizerFixture optimizer = await StartAsync();

        FindResult found = await FindAsync(optimizer, CallerIdentity.Anonymous);

        found.Tools.Select(tool => tool.Hit.Tool.Name).Should().OnlyHaveUniqueItems().And.HaveCount(3, "what was collapsed made room");
        FoundTool first = found.Tools[0];
        first.Hit.Tool.Name.Should().Be("create_invoice");
        first.Hit.AlsoOn.Should().HaveCount(5).And.NotContain(first.Hit.Tool.ServerName);
        using JsonDocument json = JsonDocument.Parse(FindAnswer.Write(found));
        JsonElement tool = json.RootElement.GetProperty("tools")[0];
        tool.GetProperty("mcp_server_name").GetString().Should().Be(first.Hit.Tool.ServerName);
        tool.GetProperty("also_on").EnumerateArray().Select(name => name.GetString()).Should().Equal(first.Hit.AlsoOn);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(ToolDetail.Compact)]
    public async Task Find_WithinABudget_CountsTheOtherServersToo(ToolDetail? detail)
    {
        await using OptimizerFixture optimizer = await StartAsync();

        FindResult found = await FindAsync(optimizer, CallerIdentity.Anonymous, request => request with { Detail = detail, TokenBudget = 300 });

        found.Tools.Should().NotBeEmpty();
        found.Tools[0].Hit.AlsoOn.Should().NotBeEmpty();
        FindAnswer.Write(found).Should().Contain("also_on");
    }

    [Fact]
    public async Task Find_HiddenServers_AreNotNamed()
    {
        await using OptimizerFixture optimizer = await StartAsync(options => options.Profiles["reader"] = new ProfileSettings { Servers = { "shop1", "shop2", "other" } });

        FindResult found = await FindAsync(optimizer, Reader);

        string[] named = [found.Tools[0].Hit.Tool.ServerName, .. found.Tools[0].Hit.AlsoOn];
        named.Should().BeEquivalentTo("shop1", "shop2");
    }

    [Fact]
    public async Task Find_TurnedOff_ShowsEach()
    {
        await using OptimizerFixture optimizer = await StartAsync(options => options.Disclosure.CollapseDuplicates = false);

        FindResult found = await FindAsync(optimizer, CallerIdentity.Anonymous);

        found.Tools.Select(tool => tool.Hit.Tool.Name).Should().AllBe("create_invoice");
        FindAnswer.Write(found).Should().NotContain("also_on");
    }

    [Fact]
    public async Task Find_DefinitionsThatDiffer_KeepTheirPlaces()
    {
        await using OptimizerFixture optimizer = await StartAsync();
        optimizer.Backends.Set("other", FakeBackends.Tool("create_invoice", "Creates an invoice of another shop."));
        await optimizer.PollAsync();

        FindResult found = await FindAsync(optimizer, CallerIdentity.Anonymous);

        found.Tools.Count(tool => tool.Hit.Tool.Name == "create_invoice").Should().Be(2);
        found.Tools.Single(tool => tool.Hit.Tool.ServerName == "other").Hit.AlsoOn.Should().BeEmpty();
    }

    private static async Task<OptimizerFixture> StartAsync(Action<McpOptimizerOptions>? configure = null)
    {
        OptimizerFixture optimizer = new(configure: options =>
        {
            options.Trust.Policy = Models.Trust.TrustPolicy.Off;
            configure?.Invoke(options);
        });
        for (int i = 1; i <= 6; i++)
        {
            optimizer.Workloads.Add($"shop{i}");
            optimizer.Backends.Set($"shop{i}", FakeBackends.Tool("create_invoice", "Creates an invoice."));
        }

        optimizer.Workloads.Add("other");
        optimizer.Backends.Set("other", FakeBackends.Tool("send_invoice", "Sends an invoice."), FakeBackends.Tool("list_orders", "Lists orders."));
        await optimizer.StartAsync();
        return optimizer;
    }

    private static Task<FindResult> FindAsync(OptimizerFixture optimizer, CallerIdentity caller, Func<FindRequest, FindRequest>? with = null)
    {
        FindRequest request = new() { Query = new ToolQuery { Description = "create an invoice", Limit = 3 } };
        return optimizer.Discovery.FindAsync(with?.Invoke(request) ?? request, caller);
    }
}
