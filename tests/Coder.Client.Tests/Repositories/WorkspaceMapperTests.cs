using Coder.Client.Clients.Wire;
using Coder.Client.Models;
using Coder.Client.Repositories;
using Microsoft.Extensions.Options;
using Shared.Testing;

namespace Coder.Client.Tests.Repositories;

public sealed class WorkspaceMapperTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid AppId = Guid.NewGuid();

    [Fact]
    public void TryMap_Times_AreUtc()
    {
        Agent agent = Map(Workspace() with { CreatedAt = new DateTimeOffset(2026, 1, 1, 12, 0, 0, TimeSpan.FromHours(1)) });

        agent.CreatedAt.Should().Be(new DateTimeOffset(2026, 1, 1, 11, 0, 0, TimeSpan.Zero));
        agent.CreatedAt.Offset.Should().Be(TimeSpan.Zero);
        agent.UpdatedAt.Should().Be(agent.CreatedAt, "there is no other time");
    }

    [Theory]
    [InlineData("Setup", "Setup")]
    [InlineData("", "coder-devcontainer")]
    [InlineData(null, "coder-devcontainer")]
    public void TryMap_Project_IsTheDisplayNameElseTheName(string? display, string expected) =>
        Map(Workspace() with { TemplateDisplayName = display, TemplateName = "coder-devcontainer" }).Project.Should().Be(expected);

    [Fact]
    public void TryMap_LastTask_IsTheNewestThatSaysSomething()
    {
        AppStatus[] statuses =
        [
            new() { CreatedAt = Now.AddMinutes(-2), Message = "second" },
            new() { CreatedAt = Now, Message = "" },
            new() { CreatedAt = Now.AddMinutes(-1).ToOffset(TimeSpan.FromHours(-8)), Message = "newest" },
            new() { CreatedAt = Now.AddMinutes(-3), Message = "first" },
            new() { Message = "without a time" },
        ];

        Map(Workspace(new WorkspaceApp { Slug = "ccw", Statuses = statuses })).LastTask.Should().Be("newest");
        Map(Workspace(new WorkspaceApp { Slug = "ccw" })).LastTask.Should().BeNull();
    }

    [Fact]
    public void TryMap_CodingApp_IsTheOneThatCoderNames()
    {
        Workspace workspace = Workspace(new WorkspaceApp { Slug = "ccw" }, new WorkspaceApp { Slug = "other", Id = AppId });

        Map(workspace with { LatestBuild = workspace.LatestBuild! with { AiTaskSidebarAppId = AppId } }).CodingApp!.Slug.Should().Be("other");
        Map(workspace).CodingApp!.Slug.Should().Be("ccw");
    }

    [Fact]
    public void TryMap_CodingApp_IsElseFoundByDisplayNameOrByWhoReported()
    {
        Map(Workspace(new WorkspaceApp { Slug = "x" }, new WorkspaceApp { Slug = "y", DisplayName = "claude code" })).CodingApp!.Slug.Should().Be("y");
        Map(Workspace(new WorkspaceApp { Slug = "x", Id = AppId }) with { LatestAppStatus = new AppStatus { AppId = AppId } }).CodingApp!.Slug.Should().Be("x");
        Map(Workspace(new WorkspaceApp { Slug = "x" })).CodingApp.Should().BeNull();
    }

    [Fact]
    public void TryMap_ConfiguredSlugs_DecideInTheirOrder()
    {
        FleetOptions options = new();
        options.CodingAppSlugs.Add("codex");
        options.CodingAppSlugs.Add("ccw");
        options.MetadataAppSlugs.Add("facts");

        Agent agent = Map(Workspace(new WorkspaceApp { Slug = "ccw" }, new WorkspaceApp { Slug = "codex" }, new WorkspaceApp { Slug = "facts" }), options);

        (agent.CodingApp!.Slug, agent.MetadataApp!.Slug).Should().Be(("codex", "facts"));
    }

    [Fact]
    public void TryMap_ExternalApp_IsNeverUsed() =>
        Map(Workspace(new WorkspaceApp { Slug = "ccw", External = true }, new WorkspaceApp { Slug = "fleet-metadata", External = true })).Should()
            .Match<Agent>(agent => agent.CodingApp == null && agent.MetadataApp == null);

    [Fact]
    public void TryMap_OldMetadataApp_IsFoundToo() => Map(Workspace(new WorkspaceApp { Slug = "fleet-mcp" })).MetadataApp!.Slug.Should().Be("fleet-mcp");

    [Fact]
    public void TryMap_RecordThatIsNotOne_SaysWhy()
    {
        Fault(Workspace() with { Id = Guid.Empty }).Should().Be("it has no id");
        Fault(Workspace() with { Name = null }).Should().Be("it has no name");
        Fault(Workspace() with { OwnerName = "" }).Should().Be("it has no owner name");
        Fault(Workspace() with { CreatedAt = null }).Should().Be("it has no readable creation time");
    }

    [Fact]
    public void MapHistory_SeveralApps_IsTheCodingAppsOnlyNewestFirst()
    {
        Workspace workspace = Workspace(
            new WorkspaceApp { Slug = "other", Statuses = [new AppStatus { CreatedAt = Now, Message = "not ours" }] },
            new WorkspaceApp
            {
                Slug = "ccw",
                Statuses =
                [
                    new AppStatus { CreatedAt = Now.AddMinutes(-1), Message = "old", State = "working", Uri = "https://x" },
                    new AppStatus { CreatedAt = Now, Message = "new", State = "idle", Uri = "" },
                ],
            });

        IReadOnlyList<HistoryItem> history = Mapper().MapHistory(workspace);

        history.Select(item => (item.Message, item.State, item.Uri)).Should().Equal(("new", "idle", null), ("old", "working", "https://x"));
        Mapper().MapHistory(Workspace()).Should().BeEmpty();
    }

    private static Workspace Workspace(params WorkspaceApp[] apps) => new()
    {
        Id = Guid.NewGuid(),
        Name = "henk",
        OwnerName = "alice",
        CreatedAt = Now,
        LatestBuild = new WorkspaceBuild { Resources = [new WorkspaceResource { Agents = [new WorkspaceAgent { Apps = apps }] }] },
    };

    private static WorkspaceMapper Mapper(FleetOptions? options = null) => new(Options.Create(options ?? new FleetOptions()), new PausesClock(Now));

    private static Agent Map(Workspace workspace, FleetOptions? options = null)
    {
        Mapper(options).TryMap(workspace, "Coder", out Agent? agent, out string? fault).Should().BeTrue(fault);
        return agent!;
    }

    private static string? Fault(Workspace workspace)
    {
        Mapper().TryMap(workspace, "Coder", out _, out string? fault).Should().BeFalse();
        return fault;
    }
}
