namespace ToolHive.Client.Clients.Wire;

/// <summary>Which provider to set up.</summary>
internal sealed record SetupSecretsBody
{
    public string? ProviderType { get; init; }

    public string? Password { get; init; }
}
