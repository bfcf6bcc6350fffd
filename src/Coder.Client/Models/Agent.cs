namespace Coder.Client.Models;

/// <summary>One coding agent: a workspace with an application that runs the agent.</summary>
public sealed record Agent
{
    /// <summary>Name, unique per owner without regard to case.</summary>
    public required string Name { get; init; }

    /// <summary>User name of the owner.</summary>
    public required string Owner { get; init; }

    /// <summary>Id of the workspace.</summary>
    public required Guid WorkspaceId { get; init; }

    /// <summary>Status.</summary>
    public required AgentStatus Status { get; init; }

    /// <summary>Name of the role (preset); <c>Unknown</c> when it cannot be told.</summary>
    public required string Role { get; init; }

    /// <summary>Name of the project (template).</summary>
    public required string Project { get; init; }

    /// <summary>Name of the organization that the workspace belongs to; empty when the server does not say.</summary>
    public string Organization { get; init; } = "";

    /// <summary>What a person must know about the status: why a build or a start failed, dormancy and when it ends; null when there is nothing.</summary>
    public string? StatusReason { get; init; }

    /// <summary>Since when the workspace is dormant, UTC; null when it is not.</summary>
    public DateTimeOffset? DormantAt { get; init; }

    /// <summary>When Coder deletes the workspace unless it is woken, UTC; null when it does not.</summary>
    public DateTimeOffset? DeletingAt { get; init; }

    /// <summary>The newest report of the agent that is not empty, cleaned and cut; null when there is none.</summary>
    public string? LastTask { get; init; }

    /// <summary>When the workspace was created, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the workspace last changed, UTC.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>The newest build.</summary>
    public required AgentBuild Build { get; init; }

    /// <summary>Whether the newest build used another template version than the active one.</summary>
    public bool Outdated { get; init; }

    /// <summary>Template version of the newest build.</summary>
    public Guid TemplateVersionId { get; init; }

    /// <summary>Version that the template's new builds use.</summary>
    public Guid? ActiveVersionId { get; init; }

    /// <summary>Whether Coder knows the workspace as one that runs an AI task.</summary>
    public bool IsTask { get; init; }

    /// <summary>Id of the task record (Coder 2.28 and later); null when there is none.</summary>
    public Guid? TaskId { get; init; }

    /// <summary>Application that runs the coding agent; null when none is found.</summary>
    public AgentApp? CodingApp { get; init; }

    /// <summary>Application that answers for metadata; null when there is none.</summary>
    public AgentApp? MetadataApp { get; init; }

    /// <summary>Whether the agent is idle or busy.</summary>
    public bool IsOnline => Status is AgentStatus.Idle or AgentStatus.Busy;
}
