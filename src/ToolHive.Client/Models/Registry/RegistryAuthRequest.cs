namespace ToolHive.Client.Models.Registry;

/// <summary>How ToolHive shall sign in to a registry.</summary>
public sealed record RegistryAuthRequest
{
    /// <summary>OAuth issuer.</summary>
    public string? Issuer { get; init; }

    /// <summary>Client id.</summary>
    public string? ClientId { get; init; }

    /// <summary>Audience of the token.</summary>
    public string? Audience { get; init; }

    /// <summary>Scopes.</summary>
    public IReadOnlyList<string>? Scopes { get; init; }
}
