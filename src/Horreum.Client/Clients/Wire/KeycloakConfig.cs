namespace Horreum.Client.Clients.Wire;

/// <summary>Where to sign in with OpenID Connect.</summary>
public sealed record KeycloakConfig
{
    /// <summary>Realm to sign in to.</summary>
    public string? Realm { get; init; }

    /// <summary>Its URL.</summary>
    public string? Url { get; init; }

    /// <summary>Client id to sign in with.</summary>
    public string? ClientId { get; init; }
}
