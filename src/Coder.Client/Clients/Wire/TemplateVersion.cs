namespace Coder.Client.Clients.Wire;

/// <summary>One version of a template. It never changes once it exists.</summary>
public sealed record TemplateVersion
{
    /// <summary>Id of the version.</summary>
    public Guid Id { get; init; }

    /// <summary>Its template.</summary>
    public Guid? TemplateId { get; init; }

    /// <summary>Organization that owns it.</summary>
    public Guid OrganizationId { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Name of the version.</summary>
    public string? Name { get; init; }

    /// <summary>What changed.</summary>
    public string? Message { get; init; }

    /// <summary>Whether it is archived.</summary>
    public bool Archived { get; init; }

    /// <summary>The job that imported it.</summary>
    public ProvisionerJob? Job { get; init; }
}
