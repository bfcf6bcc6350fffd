namespace ToolHive.Client.Models.Registry;

/// <summary>Public part of how ToolHive signs in to a registry.</summary>
public sealed record RegistryAuthConfig
{
    /// <summary>Audience of the token.</summary>
    public string? Audience { get; init; }

    /// <summary>Client id.</summary>
    public string? ClientId { get; init; }

    /// <summary>OAuth issuer.</summary>
    public string? Issuer { get; init; }

    /// <summary>Scopes.</summary>
    public IReadOnlyList<string> Scopes { get => field ?? []; init; }
}
