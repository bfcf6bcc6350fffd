namespace ToolHive.Client.Models.Secrets;

/// <summary>The secrets provider that is set up.</summary>
public sealed record SecretsProvider
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary><c>encrypted</c>, <c>1password</c>, <c>environment</c>, or another word.</summary>
    public string? ProviderType { get; init; }

    /// <summary>What it can do.</summary>
    public SecretsCapabilities? Capabilities { get; init; }
}
