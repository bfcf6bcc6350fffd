namespace Coder.Client.Clients.Wire;

/// <summary>
/// One Coder workspace,
/// reduced to the members that matter: environment variables, scripts and application addresses, which can hold secrets, are never read.
/// </summary>
public sealed record Workspace
{
    /// <summary>Id of the workspace.</summary>
    public Guid Id { get; init; }

    /// <summary>Name, unique per owner without regard to case.</summary>
    public string? Name { get; init; }

    /// <summary>Id of the owner.</summary>
    public Guid OwnerId { get; init; }

    /// <summary>User name of the owner.</summary>
    public string? OwnerName { get; init; }

    /// <summary>Id of the organization.</summary>
    public Guid OrganizationId { get; init; }

    /// <summary>Name of the organization.</summary>
    public string? OrganizationName { get; init; }

    /// <summary>Id of the template.</summary>
    public Guid TemplateId { get; init; }

    /// <summary>Name of the template.</summary>
    public string? TemplateName { get; init; }

    /// <summary>Display name of the template; empty when it has none.</summary>
    public string? TemplateDisplayName { get; init; }

    /// <summary>Version that new builds of the template use.</summary>
    public Guid? TemplateActiveVersionId { get; init; }

    /// <summary>Whether an ordinary user may cancel a running build.</summary>
    public bool TemplateAllowUserCancelWorkspaceJobs { get; init; }

    /// <summary>Whether each start must use the active version.</summary>
    public bool TemplateRequireActiveVersion { get; init; }

    /// <summary>The newest build, which decides the status.</summary>
    public WorkspaceBuild? LatestBuild { get; init; }

    /// <summary>The newest status that an application of the workspace reported.</summary>
    public AppStatus? LatestAppStatus { get; init; }

    /// <summary>Whether the newest build used another version than the active one.</summary>
    public bool Outdated { get; init; }

    /// <summary>When the workspace was created.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the workspace last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>When the workspace was last used.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When a dormant workspace will be deleted.</summary>
    public DateTimeOffset? DeletingAt { get; init; }

    /// <summary>Since when the workspace is dormant.</summary>
    public DateTimeOffset? DormantAt { get; init; }

    /// <summary>Whether all workspace agents are healthy.</summary>
    public WorkspaceHealth? Health { get; init; }

    /// <summary><c>always</c> or <c>never</c>.</summary>
    public string? AutomaticUpdates { get; init; }

    /// <summary>Cron text of the automatic start.</summary>
    public string? AutostartSchedule { get; init; }

    /// <summary>Milliseconds until the automatic stop; null or 0 is never.</summary>
    public long? TtlMs { get; init; }

    /// <summary>When the workspace starts by itself next.</summary>
    public DateTimeOffset? NextStartAt { get; init; }

    /// <summary>Whether the caller marked it as a favourite.</summary>
    public bool Favorite { get; init; }

    /// <summary>Id of the task that the workspace belongs to (Coder 2.28 and later).</summary>
    public Guid? TaskId { get; init; }
}
