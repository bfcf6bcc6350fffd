using McpOptimizer.Core.Models.Sources;
using ToolHive.Client.Models.Registry;
using ToolHive.Client.Services;

namespace McpOptimizer.Core.Repositories.Sources;

/// <summary>The registry that ToolHive serves.</summary>
internal sealed class ToolHiveRegistrySource(IRegistryService registry) : IRegistrySource
{
    public string Name => "toolhive-registry";

    public async Task<RegistryListing> ListAsync(CancellationToken cancellationToken = default)
    {
        RegistryCatalog catalog = await registry.GetCatalogAsync(cancellationToken).ConfigureAwait(false);
        IEnumerable<RegistryEntry?> containers = catalog.Servers.Select(server => Describe(server, null, server.Image));
        IEnumerable<RegistryEntry?> remotes = catalog.RemoteServers.Select(server => Describe(server, server.Url, null));
        return new RegistryListing
        {
            Entries = [.. containers.Concat(remotes).OfType<RegistryEntry>()],
            IsComplete = catalog.IsComplete,
            Problems =
            [
                .. catalog.Problems,
                .. catalog.Servers.Where(server => server.Name is not null && server.Image is null).Select(server => $"The entry {server.Name} has no image; it is left out."),
                .. catalog.RemoteServers.Where(server => server.Name is not null && server.Url is null).Select(server => $"The entry {server.Name} has no address; it is left out."),
            ],
        };
    }

    // An entry without a name, or with neither image nor address, can be neither found nor matched.
    private static RegistryEntry? Describe(RegistryServer server, string? url, string? image) => server.Name is null || (url ?? image) is null ? null : new RegistryEntry
    {
        Name = server.Name,
        Url = url,
        Package = image,
        Transport = server.Transport,
        Description = server.Description,
        Tags = server.Tags,
        ToolNames = server.Tools,
    };
}
