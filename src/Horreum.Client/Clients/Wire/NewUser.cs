namespace Horreum.Client.Clients.Wire;

/// <summary>A user to create.</summary>
public sealed record NewUser
{
    /// <summary>Who the user is.</summary>
    public UserData? User { get; init; }

    /// <summary>First password.</summary>
    public string? Password { get; init; }

    /// <summary>Team that the user joins.</summary>
    public string? Team { get; init; }

    /// <summary>Roles in that team.</summary>
    public IReadOnlyList<string> Roles { get => field ?? []; init; }
}
