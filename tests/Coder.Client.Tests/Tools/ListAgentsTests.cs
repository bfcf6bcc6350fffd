using System.Text.Json;
using Coder.Client.Tests.Support;
using ModelContextProtocol.Protocol;
using Shared.Coder;

namespace Coder.Client.Tests.Tools;

public sealed class ListAgentsTests
{
    private const string FleetMetadata = """
        {"data":{"git_branch":{"value":"main","schema":{"type":"string","description":"Branch","includeInList":true}},
         "github_pr_number":{"value":819,"schema":{"type":"number","description":"PR","includeInList":true}},
         "git_status":{"value":"clean","schema":{"type":"enum","values":["clean","modified"],"description":"State","includeInList":false}}},"meta":{"version":"1.0"}}
        """;

    private const string TaskfileMetadata = """
        {"data":{"pull_request_number":{"value":"820","error":null,"schema":{"description":"PR","include_in_list":true}},
         "broken":{"value":null,"error":"exit code 1","schema":{"description":"X","include_in_list":true}},"nothing":null},"meta":{"version":"1.0"}}
        """;

    [Fact]
    public async Task ListAgents_Row_HasExactlyTheDocumentedMembers()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddBusy("henk", "Fix it").Metadata = FleetMetadata;

        JsonElement result = await fleet.CallAsync("list_agents");

        JsonElement row = result.GetProperty("agents").EnumerateArray().Should().ContainSingle().Subject;
        row.EnumerateObject().Select(member => member.Name)
            .Should().Equal(
                [
                    "name",
                    "owner",
                    "organization",
                    "status",
                    "status_reason",
                    "deleting_at",
                    "role",
                    "project",
                    "last_task",
                    "created_at",
                    "metadata",
                    "metadata_count",
                    "metadata_error",
                ]);
        (
            row.GetProperty("name").GetString(),
            row.GetProperty("status").GetString(),
            row.GetProperty("role").GetString(),
            row.GetProperty("project").GetString())
            .Should().Be(("henk", "busy", "Coder", "Setup"));
        row.GetProperty("last_task").GetString().Should().Be("Working on: Fix it");
        row.GetProperty("created_at").GetString().Should().Be("2026-03-01T09:00:00Z");
        row.GetProperty("metadata").GetRawText().Should().Be("""{"git_branch":"main","github_pr_number":819}""");
        row.GetProperty("metadata_count").GetInt32().Should().Be(3);
        row.GetProperty("metadata_error").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public async Task ListAgents_TextAndStructuredContent_SayTheSame()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddIdle("henk");

        CallToolResult result = await fleet.TryCallAsync("list_agents");

        result.Content.OfType<TextContentBlock>().Single().Text.Should().Be(FleetHarness.Json(result.StructuredContent!.Value));
    }

    [Fact]
    public async Task ListAgents_BothMetadataShapes_AreRead()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddIdle("new").Metadata = FleetMetadata;
        FakeWorkspace old = fleet.State.AddIdle("old");
        (old.Metadata, old.MetadataSlug) = (TaskfileMetadata, "fleet-mcp");

        JsonElement agents = (await fleet.CallAsync("list_agents")).GetProperty("agents");

        agents[0].GetProperty("metadata").GetProperty("github_pr_number").GetInt32().Should().Be(819);
        agents[1].GetProperty("metadata").GetRawText().Should().Be("""{"pull_request_number":"820","broken":null}""");
        agents[1].GetProperty("metadata_count").GetInt32().Should().Be(2);
    }

    [Theory]
    [InlineData("github_pr_number=819", "a")]
    [InlineData("GitHub_PR_Number = 819", "a")]
    [InlineData("pull_request_number=820", "b")]
    [InlineData("git_status=CLEAN", "a")]
    [InlineData("git_branch", "a")]
    [InlineData("broken", "")]
    [InlineData("git_branch=other", "")]
    public async Task ListAgents_MetadataFilter_KeepsWhatMatches(string filter, string expected)
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddIdle("a").Metadata = FleetMetadata;
        fleet.State.AddIdle("b").Metadata = TaskfileMetadata;
        fleet.State.AddIdle("c");

        JsonElement result = await fleet.CallAsync("list_agents", new { metadata_filter = filter });

        result.GetProperty("agents").EnumerateArray().Select(agent => agent.GetProperty("name").GetString())
            .Should().Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task ListAgents_WorkspacesThatDoNotAnswer_SayWhyAndCostNobodyElse()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddIdle("good").Metadata = FleetMetadata;
        FakeWorkspace failing = fleet.State.AddIdle("failing");
        (failing.Metadata, failing.MetadataStatus) = (FleetMetadata, 500);
        fleet.State.AddIdle("html").Metadata = "<html>";
        fleet.State.AddIdle("none");
        FakeWorkspace stopped = fleet.State.AddIdle("stopped");
        stopped.Metadata = FleetMetadata;
        fleet.State.QueueBuild(stopped, "stop");

        JsonElement[] agents = [.. (await fleet.CallAsync("list_agents")).GetProperty("agents").EnumerateArray()];

        agents.Select(agent => agent.GetProperty("metadata").ValueKind)
            .Should().Equal(JsonValueKind.Object, JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.Null, JsonValueKind.Null);
        string?[] errors = [.. agents.Select(agent => agent.GetProperty("metadata_error").GetString())];
        errors[1].Should().Contain("500");
        errors[2].Should().Contain("unexpected shape");
        errors[3].Should().Be("The workspace has no metadata application.");
        errors[4].Should().Be("The agent is pending; only idle and busy agents answer.");
        fleet.Calls("stopped/apps").Should().Be(0, "nobody asks an agent that is offline");
    }

    [Fact]
    public async Task ListAgents_UnreachableWorkspaces_EndWithTheBudget()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync(fleet: options =>
        {
            options.MetadataTimeout = TimeSpan.FromSeconds(5);
            options.MetadataBudget = TimeSpan.FromSeconds(1.2);
        });
        fleet.State.AddIdle("good").Metadata = FleetMetadata;
        for (int i = 0; i < 10; i++)
        {
            FakeWorkspace dead = fleet.State.AddIdle($"dead-{i}");
            (dead.Metadata, dead.Unreachable) = (FleetMetadata, true);
        }

        Task<CallToolResult> call = fleet.Client.CallToolAsync("list_agents").AsTask();
        await fleet.Clock.AdvanceWhenAsync(
            () => fleet.Calls("/metadata$") == 11 && fleet.Coder.Journal.Any(entry => entry.Path.Contains("/good/") && entry.Status == 200),
            TimeSpan.FromSeconds(1.2));
        JsonElement agents = (await call).StructuredContent!.Value.GetProperty("agents");

        agents.EnumerateArray().Select(agent => agent.GetProperty("metadata_error").GetString()).Skip(1)
            .Should().OnlyContain(error => error == "No answer within the listing's 1.2 s.").And.HaveCount(10);
    }

    [Fact]
    public async Task ListAgents_OneSlowWorkspace_EndsWithItsOwnLimit()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        FakeWorkspace dead = fleet.State.AddIdle("dead");
        (dead.Metadata, dead.Unreachable) = (FleetMetadata, true);

        Task<CallToolResult> call = fleet.Client.CallToolAsync("list_agents").AsTask();
        await fleet.Clock.AdvanceWhenAsync(() => fleet.Calls("/metadata$") == 1, TimeSpan.FromSeconds(1));

        (await call).StructuredContent!.Value.GetProperty("agents")[0].GetProperty("metadata_error").GetString().Should().Be("No answer within 1 s.");
    }

    [Fact]
    public async Task ListAgents_WithoutMetadata_AsksForTheAwakeAndTheDormantOnes()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddIdle("henk").Metadata = FleetMetadata;
        await fleet.CallAsync("list_agents");
        fleet.Coder.ClearJournal();

        JsonElement row = (await fleet.CallAsync("list_agents", new { include_metadata = false })).GetProperty("agents")[0];

        fleet.Coder.Journal.Should().HaveCount(2).And.OnlyContain(entry => entry.Path == "/api/v2/workspaces");
        (row.GetProperty("metadata").ValueKind, row.GetProperty("metadata_count").GetInt32()).Should().Be((JsonValueKind.Null, 0));
    }

    [Fact]
    public async Task ListAgents_Filters_IgnoreCaseAndCountWhatIsLeft()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        FakeTemplate other = fleet.State.AddTemplate("other", "Other", "Coder");
        fleet.State.AddIdle("one");
        fleet.State.AddBusy("two");
        fleet.State.AddIdle("three", template: other);

        (await fleet.CallAsync("list_agents", new { status_filter = "IDLE" })).GetProperty("total_count").GetInt32().Should().Be(2);
        (await fleet.CallAsync("list_agents", new { project_filter = "oTHER" })).GetProperty("agents")[0].GetProperty("name").GetString().Should().Be("three");
        (await fleet.CallAsync("list_agents", new { status_filter = "busy", project_filter = "other" })).GetProperty("total_count").GetInt32().Should().Be(0);
        (await fleet.CallAsync("list_agents", new { status_filter = (string?)null })).GetProperty("total_count").GetInt32().Should().Be(3);
    }

    [Fact]
    public async Task ListAgents_OtherPeoplesAgents_OnlyWhenAskedFor()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddIdle("mine");
        fleet.State.AddIdle("theirs", owner: "bob");

        Names(await fleet.CallAsync("list_agents")).Should().Equal("mine");
        Names(await fleet.CallAsync("list_agents", new { owner = "bob" })).Should().Equal("theirs");
        Names(await fleet.CallAsync("list_agents", new { owner = "*" })).Should().Equal("mine", "theirs");
        (await fleet.FailAsync("list_agents", new { owner = "bob status:running" })).GetProperty("code").GetString().Should().Be("INVALID_INPUT");

        static IEnumerable<string?> Names(JsonElement result) =>
            result.GetProperty("agents").EnumerateArray().Select(agent => agent.GetProperty("name").GetString());
    }

    [Fact]
    public async Task ListAgents_UnknownStatus_IsRefusedWithTheLegalOnes()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();

        JsonElement error = await fleet.FailAsync("list_agents", new { status_filter = "idel" });

        error.GetProperty("code").GetString().Should().Be("INVALID_INPUT");
        error.GetProperty("message").GetString()
            .Should().Contain("'idel'").And.Contain("Did you mean 'idle'?")
            .And.Contain("pending, starting, idle, busy, stopping, stopped, failed, canceling, canceled, deleting, deleted");
    }
}
