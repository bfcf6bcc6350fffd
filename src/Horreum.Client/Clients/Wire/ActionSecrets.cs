namespace Horreum.Client.Clients.Wire;

/// <summary>Secrets of an action; the server answers them empty.</summary>
public sealed record ActionSecrets
{
    /// <summary>Token that the action signs in with.</summary>
    public string? Token { get; init; }

    /// <summary>Whether the token is to be replaced.</summary>
    public bool Modified { get; init; }
}
