namespace Coder.Client.Clients.Wire;

/// <summary>A user.</summary>
public sealed record User
{
    /// <summary>Id of the user.</summary>
    public Guid Id { get; init; }

    /// <summary>Login name.</summary>
    public string? Username { get; init; }

    /// <summary>Name for people.</summary>
    public string? Name { get; init; }

    /// <summary>E-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>When the user was created.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the user was last seen.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }

    /// <summary>active, dormant or suspended.</summary>
    public string? Status { get; init; }

    /// <summary>How the user signs in.</summary>
    public string? LoginType { get; init; }

    /// <summary>Organizations of the user.</summary>
    public IReadOnlyList<Guid> OrganizationIds { get => field ?? []; init; }

    /// <summary>Site-wide roles.</summary>
    public IReadOnlyList<UserRole> Roles { get => field ?? []; init => field = WireList.WithoutNulls(value); }
}
