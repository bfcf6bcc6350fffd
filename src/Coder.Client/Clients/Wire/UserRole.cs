namespace Coder.Client.Clients.Wire;

/// <summary>A role of a user.</summary>
public sealed record UserRole
{
    /// <summary>Name of the role.</summary>
    public string? Name { get; init; }

    /// <summary>Name for people.</summary>
    public string? DisplayName { get; init; }
}
