namespace Coder.Client.Clients.Wire;

/// <summary>One build of a workspace: a start, a stop or a delete.</summary>
public sealed record WorkspaceBuild
{
    /// <summary>Id of the build.</summary>
    public Guid Id { get; init; }

    /// <summary>When the build was asked for.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the build last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Id of the workspace.</summary>
    public Guid WorkspaceId { get; init; }

    /// <summary>Name of the workspace.</summary>
    public string? WorkspaceName { get; init; }

    /// <summary>User name of the workspace's owner.</summary>
    public string? WorkspaceOwnerName { get; init; }

    /// <summary>Template version that the build used.</summary>
    public Guid TemplateVersionId { get; init; }

    /// <summary>Name of that version; empty right after a create.</summary>
    public string? TemplateVersionName { get; init; }

    /// <summary>Counts from 1.</summary>
    public int BuildNumber { get; init; }

    /// <summary><c>start</c>, <c>stop</c> or <c>delete</c>.</summary>
    public string? Transition { get; init; }

    /// <summary>Who asked for the build.</summary>
    public string? InitiatorName { get; init; }

    /// <summary>The provisioner's job.</summary>
    public ProvisionerJob? Job { get; init; }

    /// <summary>Why the build ran, for example <c>initiator</c> or <c>autostop</c>.</summary>
    public string? Reason { get; init; }

    /// <summary>What the build made; empty until provisioning has finished.</summary>
    public IReadOnlyList<WorkspaceResource> Resources { get => field ?? []; init => field = WireList.WithoutNulls(value); }

    /// <summary>When the workspace stops by itself.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>The latest time to which the deadline can be moved.</summary>
    public DateTimeOffset? MaxDeadline { get; init; }

    /// <summary>The workspace status: pending, starting, running, stopping, stopped, failed, canceling, canceled, deleting or deleted.</summary>
    public string? Status { get; init; }

    /// <summary>Preset that the build used.</summary>
    public Guid? TemplateVersionPresetId { get; init; }

    /// <summary>Whether the build holds an AI task; null until provisioning has finished.</summary>
    public bool? HasAiTask { get; init; }

    /// <summary>Application that shows the task (Coder 2.28 and earlier).</summary>
    public Guid? AiTaskSidebarAppId { get; init; }
}
