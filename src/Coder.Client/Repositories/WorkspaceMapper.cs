using System.Diagnostics.CodeAnalysis;
using Coder.Client.Clients.Wire;
using Coder.Client.Models;
using Microsoft.Extensions.Options;

namespace Coder.Client.Repositories;

/// <summary>Turns a workspace into an agent.</summary>
internal sealed class WorkspaceMapper(IOptions<FleetOptions> options, TimeProvider clock)
{
    private const int LongestWord = 40;
    private const int LongestAddress = 2000;
    private const int LongestError = 2000;

    private static readonly string[] DefaultCodingSlugs = ["ccw"];
    private static readonly string[] DefaultMetadataSlugs = ["fleet-metadata", "fleet-mcp"];

    private readonly FleetOptions _options = options.Value;

    public bool TryMap(Workspace workspace, string role, [NotNullWhen(true)] out Agent? agent, [NotNullWhen(false)] out string? fault)
    {
        agent = null;
        fault = workspace switch
        {
            { Id: var id } when id == Guid.Empty => "it has no id",
            { Name: null or "" } => "it has no name",
            { OwnerName: null or "" } => "it has no owner name",
            { Name: { } name, OwnerName: { } owner } when !PathSegment.CanStand(name) || !PathSegment.CanStand(owner) =>
                "its name or its owner's name is a dot segment, which no address can hold",
            { CreatedAt: null } => "it has no readable creation time",
            _ => null,
        };
        if (fault is not null)
        {
            return false;
        }

        WorkspaceApp? coding = FindCodingApp(workspace);
        DateTimeOffset now = clock.GetUtcNow();
        AgentStatus status = AgentStatusRules.Derive(workspace, coding, now);
        agent = new Agent
        {
            Name = workspace.Name!,
            Owner = workspace.OwnerName!,
            WorkspaceId = workspace.Id,
            Organization = workspace.OrganizationName ?? "",
            Status = status,
            StatusReason = TerminalText.Fit(StatusReasons.Explain(workspace, coding, status, now), _options.LogEntryCharacters),
            DormantAt = workspace.DormantAt?.ToUniversalTime(),
            DeletingAt = workspace.DeletingAt?.ToUniversalTime(),
            Role = role,
            Project = string.IsNullOrEmpty(workspace.TemplateDisplayName) ? workspace.TemplateName ?? "" : workspace.TemplateDisplayName,
            LastTask = LastTask(coding),
            CreatedAt = workspace.CreatedAt!.Value.ToUniversalTime(),
            UpdatedAt = (workspace.UpdatedAt ?? workspace.CreatedAt.Value).ToUniversalTime(),
            Build = MapBuild(workspace.LatestBuild),
            Outdated = workspace.Outdated,
            TemplateVersionId = workspace.LatestBuild?.TemplateVersionId ?? Guid.Empty,
            ActiveVersionId = workspace.TemplateActiveVersionId,
            IsTask = AgentStatusRules.IsTask(workspace),
            TaskId = workspace.TaskId,
            CodingApp = MapApp(workspace, coding),
            MetadataApp = MapApp(workspace, FindBySlug(workspace, Slugs(_options.MetadataAppSlugs, DefaultMetadataSlugs))),
        };
        return true;
    }

    /// <summary>Everything that the coding application reported, newest first.</summary>
    public IReadOnlyList<HistoryItem> MapHistory(Workspace workspace) =>
    [
        .. (FindCodingApp(workspace)?.Statuses ?? [])
            .Where(status => status.CreatedAt is not null)
            .OrderByDescending(status => status.CreatedAt)
            .Select(status => new HistoryItem
            {
                Message = Fit(status.Message) ?? "",
                State = status.State is null ? null : VisibleText.Shorten(status.State, LongestWord),
                Uri = string.IsNullOrEmpty(status.Uri) ? null : VisibleText.Shorten(status.Uri, LongestAddress),
                NeedsUserAttention = status.NeedsUserAttention,
                CreatedAt = status.CreatedAt!.Value.ToUniversalTime(),
            }),
    ];

    public static AgentBuild MapBuild(WorkspaceBuild? build) => new(
        build?.Id ?? Guid.Empty,
        build?.Transition ?? "",
        build?.Status ?? "",
        string.IsNullOrEmpty(build?.Job?.Error) ? null : TerminalText.Fit(build.Job.Error, LongestError));

    private string? Fit(string? text) => TerminalText.Fit(text, _options.LogEntryCharacters);

    /// <summary>Coder itself may name the application; else the configured slugs, then the display name, then whoever reported last.</summary>
    private WorkspaceApp? FindCodingApp(Workspace workspace)
    {
        WorkspaceApp[] apps = [.. Apps(workspace)];
        if (workspace.LatestBuild?.AiTaskSidebarAppId is { } named && Array.Find(apps, app => app.Id == named) is { } sidebar)
        {
            return sidebar;
        }

        return FindBySlug(workspace, Slugs(_options.CodingAppSlugs, DefaultCodingSlugs))
            ?? Array.Find(apps, app => string.Equals(app.DisplayName, _options.CodingAppDisplayName, StringComparison.OrdinalIgnoreCase))
            ?? Array.Find(apps, app => app.Id == workspace.LatestAppStatus?.AppId && app.Id != Guid.Empty);
    }

    private static WorkspaceApp? FindBySlug(Workspace workspace, IEnumerable<string> slugs) => slugs
        .Select(slug => Apps(workspace).FirstOrDefault(app => string.Equals(app.Slug, slug, StringComparison.OrdinalIgnoreCase)))
        .FirstOrDefault(app => app is not null);

    private static IEnumerable<string> Slugs(IList<string> configured, string[] standard) => configured.Count > 0 ? configured : standard;

    // An external application is a link to somewhere else: it can neither run an agent nor be given a cookie.
    private static IEnumerable<WorkspaceApp> Apps(Workspace workspace) => AgentStatusRules.Agents(workspace)
        .SelectMany(agent => agent.Apps)
        .Where(app => !app.External && app.Slug is { } slug && PathSegment.CanStand(slug));

    private static AgentApp? MapApp(Workspace workspace, WorkspaceApp? app) => app is null
        ? null
        : new AgentApp
        {
            Owner = workspace.OwnerName!,
            Workspace = workspace.Name!,
            Slug = app.Slug!,
            Subdomain = app.Subdomain,
            SubdomainName = app.SubdomainName,
        };

    private string? LastTask(WorkspaceApp? coding) => coding?.Statuses
        .Where(status => status.CreatedAt is not null)
        .OrderByDescending(status => status.CreatedAt)
        .Select(status => Fit(status.Message))
        .FirstOrDefault(message => !string.IsNullOrWhiteSpace(message));
}
