using System.Text.Json;
using Coder.Client.Tests.Support;
using Shared.Coder;

namespace Coder.Client.Tests.Tools;

public sealed class ShowAgentTests
{
    [Fact]
    public async Task ShowAgent_Result_HasTheFlatFieldMap()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        FakeWorkspace fake = fleet.State.AddIdle("Henk");
        fake.Metadata = """{"data":{"git_branch":{"value":"main","schema":{"type":"string","description":"Branch","includeInList":false}}},"meta":{"version":"1.0"}}""";

        JsonElement agent = (await fleet.CallAsync("show_agent", new { agent_name = "henk" })).GetProperty("agent");

        agent.EnumerateObject().Select(member => member.Name).Should()
            .Equal(
                "name",
                "owner",
                "workspace_id",
                "organization",
                "status",
                "status_reason",
                "dormant_at",
                "deleting_at",
                "role",
                "project",
                "last_task",
                "created_at",
                "updated_at",
                "outdated",
                "metadata",
                "metadata_count",
                "metadata_error");
        agent.GetProperty("workspace_id").GetGuid().Should().Be(fake.Id);
        agent.GetProperty("last_task").ValueKind.Should().Be(JsonValueKind.Null);
        agent.GetProperty("metadata").GetRawText().Should().Be("""{"git_branch":{"value":"main","error":null,"schema":{"description":"Branch","include_in_list":false,"type":"string","values":null}}}""");
        agent.GetProperty("metadata_count").GetInt32().Should().Be(1);
    }

    [Theory]
    [InlineData("henk")]
    [InlineData("HENK")]
    [InlineData("hEnK")]
    public async Task ShowAgent_NameInAnyCase_IsFoundWithTwoCalls(string name)
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddIdle("Henk").Metadata = """{"data":{}}""";
        await fleet.CallAsync("show_agent", new { agent_name = name });
        fleet.Coder.ClearJournal();

        JsonElement agent = (await fleet.CallAsync("show_agent", new { agent_name = name })).GetProperty("agent");

        agent.GetProperty("name").GetString().Should().Be("Henk");
        agent.GetProperty("metadata").GetRawText().Should().Be("{}");
        fleet.Coder.Journal.Should().HaveCount(2);
    }

    [Fact]
    public async Task ShowAgent_UnknownName_NamesTheNearestAndTheOthers()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddIdle("henk");
        fleet.State.AddIdle("piet");
        fleet.State.AddIdle("hunk", owner: "bob");

        JsonElement error = await fleet.FailAsync("show_agent", new { agent_name = "hank" });

        error.GetProperty("code").GetString().Should().Be("NOT_FOUND");
        error.GetProperty("message").GetString().Should().Be("Agent 'hank' not found. Did you mean 'henk'? Existing agents: henk, piet.");
        error.GetProperty("details").GetProperty("nearest").GetString().Should().Be("henk");
    }

    [Fact]
    public async Task ShowAgent_OtherOwner_IsShownOnlyWhenNamed()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddIdle("theirs", owner: "bob");

        (await fleet.FailAsync("show_agent", new { agent_name = "theirs" })).GetProperty("code").GetString().Should().Be("NOT_FOUND");
        (await fleet.CallAsync("show_agent", new { agent_name = "theirs", owner = "bob" })).GetProperty("agent").GetProperty("owner").GetString()
            .Should().Be("bob");
        (await fleet.FailAsync("show_agent", new { agent_name = "theirs", owner = "*" })).GetProperty("message").GetString()
            .Should().Contain("unique only for one owner");
    }

    [Fact]
    public async Task ListAgentProjects_OnlyUsableTemplates_AreProjects()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddTemplate("no-display-name", "", "Coder");
        fleet.State.Templates.Add(Template("no-prompt", "Plain", hasAiTask: false, "region"));
        fleet.State.Templates.Add(Template("task-only", "Modern", hasAiTask: true));
        fleet.State.Templates.Add(Template("broken", "Broken", hasAiTask: true));
        fleet.Coder.Faults.Add(new Fault { Path = $"{fleet.State.Templates[^1].Active.Id}/rich-parameters", Status = 404 });

        JsonElement result = await fleet.CallAsync("list_agent_projects");

        result.GetProperty("projects").EnumerateArray().Select(project => project.GetProperty("name").GetString()).Should().Equal("Setup", "Modern");
        result.GetProperty("total_count").GetInt32().Should().Be(2);
        result.GetProperty("projects")[0].GetProperty("description").GetString().Should().Be("Template coder-devcontainer");
    }

    [Fact]
    public async Task ListAgentProjects_SystemPromptDemanded_CountsToo()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync(fleet: options => options.RequireSystemPrompt = true);
        fleet.State.Templates.Add(Template("half", "Half", hasAiTask: true, "AI Prompt"));

        (await fleet.CallAsync("list_agent_projects")).GetProperty("total_count").GetInt32().Should().Be(1);
    }

    [Fact]
    public async Task ListAgentRoles_AnyTemplateWithADisplayName_HasRoles()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();

        JsonElement result = await fleet.CallAsync("list_agent_roles", new { project = "SETUP" });

        result.GetProperty("roles").EnumerateArray().Select(role => (role.GetProperty("name").GetString(), role.GetProperty("default").GetBoolean())).Should()
            .Equal(("Coder", true), ("Operator", false), ("Researcher", false));
        (result.GetProperty("project_name").GetString(), result.GetProperty("project").GetString(), result.GetProperty("total_count").GetInt32())
            .Should().Be(("SETUP", "SETUP", 3));
        result.GetProperty("roles")[0].GetProperty("project_name").GetString().Should().Be("Setup");
    }

    [Fact]
    public async Task ListAgentRoles_UnknownOrBlankProject_NamesTheProjects()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();

        JsonElement unknown = await fleet.FailAsync("list_agent_roles", new { project = "Setpu" });
        JsonElement blank = await fleet.FailAsync("list_agent_roles", new { project = " " });

        (unknown.GetProperty("code").GetString(), unknown.GetProperty("message").GetString())
            .Should().Be(("NOT_FOUND", "Project 'Setpu' not found. Did you mean 'Setup'? Existing projects: Setup."));
        (blank.GetProperty("code").GetString(), blank.GetProperty("message").GetString())
            .Should().Be(("INVALID_INPUT", "The project name cannot be empty; list_agent_projects names the projects."));
    }

    private static FakeTemplate Template(string name, string display, bool hasAiTask, params string[] parameters)
    {
        FakeTemplate template = new() { Name = name, DisplayName = display, HasAiTask = hasAiTask, Parameters = [.. parameters] };
        template.Publish("Coder");
        return template;
    }
}
