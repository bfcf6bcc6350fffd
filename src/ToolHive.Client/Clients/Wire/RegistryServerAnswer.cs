using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Clients.Wire;

/// <summary>One server of either kind.</summary>
internal sealed record RegistryServerAnswer
{
    public bool? IsRemote { get; init; }

    public ContainerRegistryServer? Server { get; init; }

    public RemoteRegistryServer? RemoteServer { get; init; }
}
