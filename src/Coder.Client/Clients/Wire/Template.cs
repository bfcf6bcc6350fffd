namespace Coder.Client.Clients.Wire;

/// <summary>A template, from which workspaces are made.</summary>
public sealed record Template
{
    /// <summary>Id of the template.</summary>
    public Guid Id { get; init; }

    /// <summary>Organization that owns it.</summary>
    public Guid OrganizationId { get; init; }

    /// <summary>Name of that organization.</summary>
    public string? OrganizationName { get; init; }

    /// <summary>Name in addresses.</summary>
    public string? Name { get; init; }

    /// <summary>Name for people; can be empty.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Description; can be empty.</summary>
    public string? Description { get; init; }

    /// <summary>Version that new builds use.</summary>
    public Guid ActiveVersionId { get; init; }

    /// <summary>Whether new workspaces are refused.</summary>
    public bool Deprecated { get; init; }

    /// <summary>Why.</summary>
    public string? DeprecationMessage { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Users of the template.</summary>
    public int ActiveUserCount { get; init; }

    /// <summary>Build times by transition.</summary>
    public IReadOnlyDictionary<string, BuildTime>? BuildTimeStats { get; init; }

    /// <summary>Whether an ordinary user may cancel a running build.</summary>
    public bool AllowUserCancelWorkspaceJobs { get; init; }

    /// <summary>Whether each start must use the active version.</summary>
    public bool RequireActiveVersion { get; init; }

    /// <summary>Whether parameters are the fixed kind.</summary>
    public bool UseClassicParameterFlow { get; init; }
}
