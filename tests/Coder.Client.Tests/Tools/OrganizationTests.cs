using System.Text.Json;
using Coder.Client.Tests.Support;
using Shared.Coder;

namespace Coder.Client.Tests.Tools;

/// <summary>Display names are unique nowhere: two organizations, or one, may have several templates of one name.</summary>
public sealed class OrganizationTests
{
    [Fact]
    public async Task Create_NameInTwoOrganizations_AsksForTheOrganization()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddTemplate(new FakeTemplate { Name = "other", DisplayName = "Setup", Organization = "research" }, "Analyst");

        JsonElement error = await fleet.FailAsync("create_agent", new { name = "henk", project = "setup", task = "x" });
        JsonElement made = await fleet.CallAsync("create_agent", new { name = "henk", project = "setup", organization = "RESEARCH", task = "x" });
        JsonElement roles = await fleet.CallAsync("list_agent_roles", new { project = "Setup", organization = "research" });

        error.GetProperty("message").GetString().Should().Contain("'coder-devcontainer' in organization 'coder'")
            .And.Contain("'other' in organization 'research'").And.Contain("Give the organization");
        made.GetProperty("agent").GetProperty("organization").GetString().Should().Be("research");
        roles.GetProperty("roles")[0].GetProperty("name").GetString().Should().Be("Analyst");
        (await fleet.CallAsync("list_agents", new { organization_filter = "Research" })).GetProperty("total_count").GetInt32().Should().Be(1);
        (await fleet.CallAsync("list_agents", new { organization_filter = "coder" })).GetProperty("total_count").GetInt32().Should().Be(0);
    }

    [Fact]
    public async Task Create_NameTwiceInOneOrganization_TakesTheTemplatesName()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.AddTemplate("second", "Setup", "Analyst");

        JsonElement error = await fleet.FailAsync("create_agent", new { name = "henk", project = "Setup", organization = "coder", task = "x" });
        await fleet.CallAsync("create_agent", new { name = "henk", project = "second", task = "x" });

        error.GetProperty("message").GetString().Should().Contain("Give the template's name");
        fleet.State.Workspaces.Should().ContainSingle().Which.Template.Name.Should().Be("second");
    }

    [Fact]
    public async Task Projects_Deprecated_ComeLastAndAreNotMeantByASharedName()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();
        fleet.State.Templates.Insert(0, fleet.State.AddTemplate(
            new FakeTemplate { Name = "old", DisplayName = "Setup", Organization = "archive", Deprecation = "Use the new one" }, "Coder"));
        fleet.State.Templates.RemoveAt(fleet.State.Templates.Count - 1);

        JsonElement[] projects = [.. (await fleet.CallAsync("list_agent_projects")).GetProperty("projects").EnumerateArray()];
        await fleet.CallAsync("create_agent", new { name = "henk", project = "Setup", task = "x" });

        projects.Select(project => (project.GetProperty("template").GetString(), project.GetProperty("deprecated").GetString()))
            .Should().Equal(("coder-devcontainer", null), ("old", "Use the new one"));
        fleet.State.Workspaces.Should().ContainSingle().Which.Template.Name.Should().Be("coder-devcontainer");
    }

    [Fact]
    public async Task Roles_UnknownOrganization_NamesThoseThatExist()
    {
        await using FleetHarness fleet = await FleetHarness.StartAsync();

        JsonElement error = await fleet.FailAsync("list_agent_roles", new { project = "Setup", organization = "codr" });

        error.GetProperty("code").GetString().Should().Be("NOT_FOUND");
        error.GetProperty("message").GetString().Should().Contain("Did you mean 'coder'?");
    }
}
