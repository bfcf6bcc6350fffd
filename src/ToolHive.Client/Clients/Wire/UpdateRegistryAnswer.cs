namespace ToolHive.Client.Clients.Wire;

/// <summary>Kind of registry now in use.</summary>
internal sealed record UpdateRegistryAnswer
{
    public string? Type { get; init; }
}
