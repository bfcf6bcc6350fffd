namespace Coder.Client.Clients.Wire;

/// <summary>An organization.</summary>
public sealed record Organization
{
    /// <summary>Id of the organization.</summary>
    public Guid Id { get; init; }

    /// <summary>Name in addresses.</summary>
    public string? Name { get; init; }

    /// <summary>Name for people.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Description.</summary>
    public string? Description { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Whether it is the deployment's default.</summary>
    public bool IsDefault { get; init; }
}
