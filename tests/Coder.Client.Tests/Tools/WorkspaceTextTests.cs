using System.Text.Json;
using Coder.Client.Tests.Support;
using Shared.Coder;

namespace Coder.Client.Tests.Tools;

/// <summary>Texts go to a terminal and come from one: what steers it is taken out in both directions, and nothing is endless.</summary>
public sealed class WorkspaceTextTests
{
    private const string Steering = "a\u001b[2Jb\u0007\u009b31mc\u202Ed\r\ne\u001b]0;title\u0007";

    [Theory]
    [InlineData("2.29.1")]
    [InlineData("2.37.0")]
    public async Task Prompts_WithControlCharacters_ReachTheAgentWithoutThem(string version)
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync(coder => coder with { Version = version });
        FakeWorkspace workspace = fleet.State.AddIdle("henk");

        JsonElement result = await fleet.CallAsync("start_agent_task", new { agent_name = "henk", task_description = Steering + "\u001b[201~\u0003" });
        await fleet.CallAsync("create_agent", new { name = "piet", project = "Setup", task = Steering });

        workspace.Messages.Should().Contain(message => message.Content == "abcd\ne");
        result.GetProperty("task_description").GetString().Should().Be("abcd\ne");
        fleet.State.Workspaces.Should().ContainSingle(one => one.Name == "piet").Which.Prompt.Should().Be("abcd\ne");
    }

    [Fact]
    public async Task Prompts_OfControlCharactersOnly_AreEmpty()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddIdle("henk");

        JsonElement error = await fleet.FailAsync("start_agent_task", new { agent_name = "henk", task_description = "\u001b[A\u0003 " });

        error.GetProperty("message").GetString().Should().Contain("cannot be empty");
    }

    [Fact]
    public async Task LastTaskAndHistory_AreCleanedAndCut()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync(fleet: options => options.LogEntryCharacters = 100);
        FakeWorkspace workspace = fleet.State.AddIdle("henk");
        workspace.Report("working", new string('x', 5000), fleet.State.Now.AddMinutes(-2));
        workspace.Report("idle", Steering, fleet.State.Now.AddMinutes(-1));
        workspace.Report("idle", "\u001b[0m\u0007", fleet.State.Now);

        JsonElement row = (await fleet.CallAsync("list_agents")).GetProperty("agents")[0];
        JsonElement[] history = [.. (await fleet.CallAsync("show_agent_task_history", new { agent_name = "henk" })).GetProperty("tasks").EnumerateArray()];

        row.GetProperty("last_task").GetString().Should().Be("abcd\ne");
        history[2].GetProperty("message").GetString().Should().HaveLength(100 + "\n… [4900 of 5000 characters left out] …\n".Length);
        history.Select(item => item.GetProperty("message").GetString()).Should().NotContain(text => text!.Contains('\u001b'));
    }

    [Fact]
    public async Task Metadata_OfAnyKind_IsCleanedAndBounded()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync(fleet: options => options.LogEntryCharacters = 200);
        string steering = JsonSerializer.Serialize(Steering);
        string large = JsonSerializer.Serialize(new string('y', 5000));
        string many = string.Join(',', Enumerable.Range(0, 500).Select(i => $"\"field{i}\":{{\"value\":{i}}}"));
        fleet.State.AddIdle("henk").Metadata = $$$"""
            {"data":{"text":{"value":{{{steering}}},"error":{{{steering}}},"schema":{"description":{{{steering}}},"include_in_list":true}},
            "nested":{"value":{"k\u001b":[{{{steering}}}]}},"long":{"value":{{{large}}}},"huge":{"value":[{{{large}}},{{{large}}}]},
            "half":{"value":"\ud800"},{{{many}}}}}
            """;

        JsonElement agent = (await fleet.CallAsync("show_agent", new { agent_name = "henk" })).GetProperty("agent");

        JsonElement fields = agent.GetProperty("metadata");
        fields.GetProperty("text").GetProperty("value").GetString().Should().Be("abcd\ne");
        fields.GetProperty("text").GetProperty("error").GetString().Should().Be("abcd\ne");
        fields.GetProperty("nested").GetProperty("value").GetRawText().Should().Be("""{"k\\u{1B}":["abcd\ne"]}""");
        fields.GetProperty("long").GetProperty("value").GetString().Should().Contain("4800 of 5000 characters left out");
        fields.GetProperty("huge").GetProperty("value").GetString().Should().BeNull();
        fields.GetProperty("huge").GetProperty("error").GetString().Should().Contain("200 is the most");
        fields.GetProperty("half").GetProperty("error").GetString().Should().Contain("unpaired surrogate");
        fields.EnumerateObject().Count().Should().Be(200);
    }
}
