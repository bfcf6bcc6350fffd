using System.Globalization;
using System.Text.Json;
using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Clients.Wire;

/// <summary>Reads registry catalogues entry by entry, so that one odd entry costs itself only.</summary>
internal static class RegistryReader
{
    private static readonly string[] Members = ["servers", "remote_servers"];

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
            Registry = answer.TryGetProperty("registry", out JsonElement catalog) && catalog.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? ReadCatalog(catalog)
                : new RegistryCatalog { Problems = ["the answer has no member 'registry'"] },
        };
    }

    /// <summary>
    /// Reads a catalogue: the two lists of before, as maps or lists; the frame of today's files around a list of <c>server.json</c>; a page of the
    /// MCP registry; a bare list; a single <c>server.json</c>.
    /// </summary>
    public static RegistryCatalog ReadCatalog(JsonElement catalog)
    {
        RegistryCollector collector = new();
        JsonElement inner = JsonLook.Find(catalog, "data") is { ValueKind: JsonValueKind.Object } data ? data : catalog;
        if (inner.ValueKind == JsonValueKind.Array)
        {
            collector.AddAll(inner, "the list");
        }
        else if (Array.Exists(Members, member => inner.TryGetProperty(member, out _)))
        {
            AddMembers(inner, collector);
        }
        else if (ServerJson.IsOne(inner))
        {
            collector.Add(inner, null, "the document");
        }
        else
        {
            collector.Problems.Add("the catalogue has neither 'servers' nor 'remote_servers', and is no list of servers either");
        }

        List<RegistryGroup> groups = [.. JsonLook.Objects(inner, "groups").Select(group => ReadGroup(group, collector))];
        return new RegistryCatalog
        {
            Version = JsonLook.Text(catalog, "version"),
            LastUpdated = JsonLook.Text(catalog, "last_updated") ?? (JsonLook.Find(catalog, "meta") is { } meta ? JsonLook.Text(meta, "last_updated") : null),
            Servers = collector.Containers,
            RemoteServers = collector.Remotes,
            Groups = groups,
            Problems = collector.Problems,
            Skipped =
            [
                .. collector.Skipped.GroupBy(one => one.Reason).Select(same =>
                    string.Create(CultureInfo.InvariantCulture, $"{same.Count()} left out because they {same.Key}: {string.Join(", ", same.Take(5).Select(one => one.Name))}")),
            ],
            IsComplete = collector.Problems.Count == 0,
        };
    }

    /// <summary>Reads the answer for one server, in ToolHive's form or as a <c>server.json</c>; null when it holds none.</summary>
    /// <exception cref="JsonException">It has not the expected shape.</exception>
    public static RegistryServer? ReadServer(JsonElement answer)
    {
        if (JsonLook.Find(answer, "remote_server") is { ValueKind: JsonValueKind.Object } remote)
        {
            return ServerJson.IsOne(remote) ? ServerJsonReader.Read(remote) : remote.Deserialize(Json.RemoteRegistryServer);
        }

        JsonElement server = JsonLook.Find(answer, "server") is { ValueKind: JsonValueKind.Object } inner ? inner : answer;
        if (ServerJson.IsOne(server))
        {
            return ServerJsonReader.Read(server);
        }

        return server.Equals(answer) ? null : server.Deserialize(Json.ContainerRegistryServer);
    }

    private static RegistryGroup ReadGroup(JsonElement group, RegistryCollector all)
    {
        RegistryCollector own = new();
        AddMembers(group, own);
        all.Problems.AddRange(own.Problems);
        all.Skipped.AddRange(own.Skipped);
        return new RegistryGroup
        {
            Name = JsonLook.Text(group, "name"),
            Description = JsonLook.Text(group, "description"),
            Servers = own.Containers,
            RemoteServers = own.Remotes,
        };
    }

    private static void AddMembers(JsonElement owner, RegistryCollector collector)
    {
        foreach (string member in Members)
        {
            if (owner.TryGetProperty(member, out JsonElement entries))
            {
                collector.AddAll(entries, $"'{member}'", isRemote: member == "remote_servers");
            }
        }
    }
}
