using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Clients.Wire;

/// <summary>All registries.</summary>
internal sealed record RegistriesAnswer
{
    public IReadOnlyList<RegistryInfo>? Registries { get; init; }
}
