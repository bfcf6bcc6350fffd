using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Clients.Wire;

/// <summary>Reads registry catalogues entry by entry, so that one odd entry costs itself only.</summary>
internal static class RegistryReader
{
    private static ToolHiveJsonContext Json => ToolHiveJsonContext.Default;

    /// <summary>Reads a registry with its catalogue.</summary>
    public static RegistryDetail ReadDetail(JsonElement answer)
    {
        RegistryInfo info = answer.Deserialize(Json.RegistryInfo) ?? new RegistryInfo();
        return new RegistryDetail
        {
            Name = info.Name,
            Version = info.Version,
            LastUpdated = info.LastUpdated,
            ServerCount = info.ServerCount,
            Type = info.Type,
            Source = info.Source,
            AuthStatus = info.AuthStatus,
            AuthType = info.AuthType,
            AuthConfig = info.AuthConfig,
            Registry = answer.TryGetProperty("registry", out JsonElement catalog) && catalog.ValueKind == JsonValueKind.Object
                ? ReadCatalog(catalog)
                : new RegistryCatalog { Problems = ["the answer has no member 'registry'"] },
        };
    }

    /// <summary>Reads the two server lists of a catalogue; maps and lists both occur.</summary>
    public static RegistryCatalog ReadCatalog(JsonElement catalog)
    {
        List<string> problems = [];
        if (!catalog.TryGetProperty("servers", out _) && !catalog.TryGetProperty("remote_servers", out _))
        {
            problems.Add("the catalogue has neither 'servers' nor 'remote_servers'");
        }

        RegistryCatalog result = new()
        {
            Version = Text(catalog, "version"),
            LastUpdated = Text(catalog, "last_updated"),
            Servers = ReadServers(catalog, "servers", Json.ContainerRegistryServer, static (server, name) => server with { Name = name }, problems),
            RemoteServers = ReadServers(catalog, "remote_servers", Json.RemoteRegistryServer, static (server, name) => server with { Name = name }, problems),
            Groups = ReadGroups(catalog, problems),
        };
        return result with { Problems = problems, IsComplete = problems.Count == 0 };
    }

    private static List<T> ReadServers<T>(JsonElement owner, string member, JsonTypeInfo<T> type, Func<T, string, T> rename, List<string> problems)
        where T : RegistryServer
    {
        List<T> servers = [];
        if (!owner.TryGetProperty(member, out JsonElement entries))
        {
            return servers;
        }

        if (entries.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty entry in entries.EnumerateObject())
            {
                ReadServer(entry.Value, entry.Name);
            }
        }
        else if (entries.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement entry in entries.EnumerateArray())
            {
                ReadServer(entry, null);
            }
        }
        else if (entries.ValueKind != JsonValueKind.Null)
        {
            problems.Add($"'{member}' is neither a map nor a list");
        }

        return servers;

        void ReadServer(JsonElement element, string? key)
        {
            try
            {
                T? server = element.Deserialize(type);
                string? name = string.IsNullOrWhiteSpace(server?.Name) ? key : server.Name;
                if (server is null || string.IsNullOrWhiteSpace(name))
                {
                    problems.Add($"an entry of '{member}' has no name");
                }
                else
                {
                    servers.Add(server.Name == name ? server : rename(server, name));
                }
            }
            catch (JsonException e)
            {
                problems.Add($"entry '{key ?? JsonNames.Of(element)}' of '{member}' cannot be read at {e.Path}");
            }
        }
    }

    private static List<RegistryGroup> ReadGroups(JsonElement catalog, List<string> problems)
    {
        List<RegistryGroup> groups = [];
        if (catalog.TryGetProperty("groups", out JsonElement list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement group in list.EnumerateArray().Where(group => group.ValueKind == JsonValueKind.Object))
            {
                groups.Add(new RegistryGroup
                {
                    Name = Text(group, "name"),
                    Description = Text(group, "description"),
                    Servers = ReadServers(group, "servers", Json.ContainerRegistryServer, static (server, name) => server with { Name = name }, problems),
                    RemoteServers = ReadServers(
                        group, "remote_servers", Json.RemoteRegistryServer, static (server, name) => server with { Name = name }, problems),
                });
            }
        }

        return groups;
    }

    private static string? Text(JsonElement owner, string member) =>
        owner.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
