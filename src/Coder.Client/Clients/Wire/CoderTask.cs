namespace Coder.Client.Clients.Wire;

/// <summary>A Coder task. On Coder 2.27 its id is the workspace's id.</summary>
public sealed record CoderTask
{
    /// <summary>Id of the task.</summary>
    public Guid Id { get; init; }

    /// <summary>Organization.</summary>
    public Guid OrganizationId { get; init; }

    /// <summary>User name of the owner.</summary>
    public string? OwnerName { get; init; }

    /// <summary>Name of the task.</summary>
    public string? Name { get; init; }

    /// <summary>Name for people (Coder 2.29 and later).</summary>
    public string? DisplayName { get; init; }

    /// <summary>Template of its workspace.</summary>
    public Guid TemplateId { get; init; }

    /// <summary>Template version (Coder 2.28 and later).</summary>
    public Guid? TemplateVersionId { get; init; }

    /// <summary>Its workspace.</summary>
    public Guid? WorkspaceId { get; init; }

    /// <summary>Name of the workspace (Coder 2.28 and later).</summary>
    public string? WorkspaceName { get; init; }

    /// <summary>Status of the workspace (Coder 2.28 and later).</summary>
    public string? WorkspaceStatus { get; init; }

    /// <summary>Application that runs the coding agent (Coder 2.28 and later).</summary>
    public Guid? WorkspaceAppId { get; init; }

    /// <summary>First prompt.</summary>
    public string? InitialPrompt { get; init; }

    /// <summary>On 2.27 the workspace status; later pending, initializing, active, paused, unknown or error.</summary>
    public string? Status { get; init; }

    /// <summary>What the coding agent last reported.</summary>
    public CoderTaskState? CurrentState { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }
}
