namespace ToolHive.Client.Models.Registry;

/// <summary>A server that runs elsewhere and is proxied.</summary>
public sealed record RemoteRegistryServer : RegistryServer
{
    /// <summary>Its address.</summary>
    public string? Url { get; init; }

    /// <summary>Headers it wants.</summary>
    public IReadOnlyList<RegistryHeader> Headers { get => field ?? []; init; }

    /// <summary>How callers sign in.</summary>
    public RegistryOAuthConfig? OauthConfig { get; init; }
}
