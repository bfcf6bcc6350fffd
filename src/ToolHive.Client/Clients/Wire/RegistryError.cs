namespace ToolHive.Client.Clients.Wire;

/// <summary>Structured error of the registry routes.</summary>
internal sealed record RegistryError
{
    public string? Code { get; init; }

    public string? Message { get; init; }
}
