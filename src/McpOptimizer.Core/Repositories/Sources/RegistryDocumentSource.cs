using System.Text.Json;
using McpOptimizer.Core.Clients.Files;
using McpOptimizer.Core.Clients.Wire;
using McpOptimizer.Core.Models.Sources;
using Microsoft.Extensions.Logging;

namespace McpOptimizer.Core.Repositories.Sources;

/// <summary>A registry in a JSON file or behind an address: ToolHive's format or a page of the MCP registry.</summary>
internal sealed partial class RegistryDocumentSource(string location, RegistryDocumentReader reader, ILogger<RegistryDocumentSource> logger) : IRegistrySource
{
    public string Name { get; } = RegistryDocumentReader.Show(location);

    public async Task<RegistryListing> ListAsync(CancellationToken cancellationToken = default)
    {
        RegistryDocument document = await reader.ReadAsync(location, cancellationToken).ConfigureAwait(false);
        if (document.Registry.ValueKind == JsonValueKind.Object)
        {
            document = document.Registry.Deserialize(SourceFilesJsonContext.Default.RegistryDocument)!;
        }

        if (document.Servers.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array) && document.RemoteServers.ValueKind != JsonValueKind.Object)
        {
            throw new SourceFileException($"The registry '{Name}' has neither \"servers\" nor \"remote_servers\".");
        }

        List<RegistryEntry> entries = [];
        bool complete = document.Servers.ValueKind == JsonValueKind.Array
            ? ReadList(document.Servers, entries)
            : ReadMap(document.Servers, entries) & ReadMap(document.RemoteServers, entries);
        return new RegistryListing { Entries = entries, IsComplete = complete };
    }

    private bool ReadMap(JsonElement map, List<RegistryEntry> entries)
    {
        bool complete = true;
        if (map.ValueKind != JsonValueKind.Object)
        {
            return complete;
        }

        foreach (JsonProperty property in map.EnumerateObject())
        {
            try
            {
                RegistryDocumentEntry? entry = property.Value.Deserialize(SourceFilesJsonContext.Default.RegistryDocumentEntry);
                if (entry?.Image is null && entry?.Url is null)
                {
                    complete = false;
                    LogSkipped(property.Name, "it has neither image nor url");
                    continue;
                }

                entries.Add(new RegistryEntry
                {
                    Name = entry.Name ?? property.Name,
                    Url = entry.Url,
                    Package = entry.Url is null ? entry.Image : null,
                    Transport = entry.Transport,
                    Description = entry.Description,
                    Tags = entry.Tags ?? [],
                    ToolNames = entry.Tools ?? [],
                });
            }
            catch (JsonException e)
            {
                complete = false;
                LogSkipped(property.Name, JsonFault.Describe("the entry", e));
            }
        }

        return complete;
    }

    private bool ReadList(JsonElement list, List<RegistryEntry> entries)
    {
        bool complete = true;
        foreach (JsonElement element in list.EnumerateArray())
        {
            try
            {
                RegistryServerJson? server = element.Deserialize(SourceFilesJsonContext.Default.RegistryServerJson);
                server = server?.Server ?? server;
                string? url = server?.Remotes?.FirstOrDefault(remote => remote?.Url is not null)?.Url;
                string? image = server?.Packages?.FirstOrDefault(package => package?.RegistryType == "oci")?.Identifier;
                if (server?.Name is null || (url is null && image is null))
                {
                    // Servers that are only npm or PyPI packages cannot be matched to a workload; that is no fault of the listing.
                    LogSkipped(server?.Name ?? "(no name)", "it has neither a remote nor a container image");
                    continue;
                }

                entries.Add(new RegistryEntry { Name = server.Name, Url = url, Package = url is null ? image : null, Description = server.Description });
            }
            catch (JsonException e)
            {
                complete = false;
                LogSkipped("(unreadable)", JsonFault.Describe("the entry", e));
            }
        }

        return complete;
    }

    [LoggerMessage(EventId = 110, Level = LogLevel.Warning, Message = "Registry entry {Name} is left out: {Reason}.")]
    private partial void LogSkipped(string name, string reason);
}
