namespace ToolHive.Client.Models.Secrets;

/// <summary>Answer to setting up a provider.</summary>
public sealed record SecretsSetup
{
    /// <summary>Provider that is now in use.</summary>
    public string? ProviderType { get; init; }

    /// <summary>What ToolHive says.</summary>
    public string? Message { get; init; }
}
