namespace ToolHive.Client.Models.Registry;

/// <summary>Where ToolHive shall read its registry from. With no source it goes back to the built-in one.</summary>
public sealed record UpdateRegistryRequest
{
    /// <summary>Address of a registry file.</summary>
    public string? Url { get; init; }

    /// <summary>Address of a registry API.</summary>
    public string? ApiUrl { get; init; }

    /// <summary>Path of a registry file.</summary>
    public string? LocalPath { get; init; }

    /// <summary>Whether a private address is legal.</summary>
    public bool? AllowPrivateIp { get; init; }

    /// <summary>How to sign in.</summary>
    public RegistryAuthRequest? Auth { get; init; }
}
