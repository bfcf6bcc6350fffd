using System.Text.Json;
using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Clients.Wire;

/// <summary>Collects the entries of a catalogue, and what of them could not be read or is not to be used.</summary>
internal sealed class RegistryCollector
{
    public List<ContainerRegistryServer> Containers { get; } = [];

    public List<RemoteRegistryServer> Remotes { get; } = [];

    /// <summary>Entries that could not be read, one sentence each.</summary>
    public List<string> Problems { get; } = [];

    /// <summary>Entries that are left out and are no fault, with the reason.</summary>
    public List<(string Name, string Reason)> Skipped { get; } = [];

    /// <summary>Adds the entries of a map or a list.</summary>
    /// <param name="entries">The map or list; null is empty.</param>
    /// <param name="where">What the member is called in sentences.</param>
    /// <param name="isRemote">Whether entries in ToolHive's own form are remote servers.</param>
    public void AddAll(JsonElement entries, string where, bool isRemote = false)
    {
        if (entries.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty entry in entries.EnumerateObject())
            {
                Add(entry.Value, JsonLook.Name(entry), where, isRemote);
            }
        }
        else if (entries.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement entry in entries.EnumerateArray())
            {
                Add(entry, null, where, isRemote);
            }
        }
        else if (entries.ValueKind != JsonValueKind.Null)
        {
            Problems.Add($"{where} is neither a map nor a list");
        }
    }

    /// <summary>Adds one entry.</summary>
    public void Add(JsonElement element, string? key, string where, bool isRemote = false)
    {
        try
        {
            if (ServerJson.IsOne(element))
            {
                AddServerJson(element, key, where);
            }
            else if (isRemote)
            {
                Keep(element.Deserialize(ToolHiveJsonContext.Default.RemoteRegistryServer), key, where);
            }
            else
            {
                Keep(element.Deserialize(ToolHiveJsonContext.Default.ContainerRegistryServer), key, where);
            }
        }
        catch (JsonException e)
        {
            Problems.Add($"entry '{key ?? JsonNames.Of(element)}' of {where} cannot be read at {e.Path}");
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which no text can hold.
            Problems.Add($"entry '{key ?? "(unreadable)"}' of {where} has a text that is not whole Unicode");
        }
    }

    private void AddServerJson(JsonElement element, string? key, string where)
    {
        ServerJson server = ServerJson.Of(element);
        string name = VisibleText.Shorten(server.Name ?? key ?? "(no name)");
        if (ServerJson.WhyNotToUse(element) is { } reason)
        {
            Skipped.Add((name, reason));
        }
        else if (ServerJsonReader.Read(element) is { } read)
        {
            Keep(read, key, where);
        }
        else
        {
            Skipped.Add((name, server.WhyUnreachable()));
        }
    }

    private void Keep(RegistryServer? server, string? key, string where)
    {
        string? name = string.IsNullOrWhiteSpace(server?.Name) ? key : server.Name;
        if (server is null || string.IsNullOrWhiteSpace(name))
        {
            Problems.Add($"an entry of {where} has no name");
        }
        else if (server is RemoteRegistryServer remote)
        {
            Remotes.Add(remote with { Name = name });
        }
        else if (server is ContainerRegistryServer container)
        {
            Containers.Add(container with { Name = name });
        }
    }
}
