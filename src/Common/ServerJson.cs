using System.Text.Json;

namespace Common;

/// <summary>
/// A <c>server.json</c> of the MCP registry, in any of its spellings, alone or in the frame that the registry's API puts around it; as far as it says
/// how a server is reached.
/// </summary>
internal sealed class ServerJson
{
    private const string Official = "io.modelcontextprotocol.registry/official";
    private const string Provided = "io.modelcontextprotocol.registry/publisher-provided";

    private readonly bool _hasTemplates;

    private ServerJson(JsonElement server)
    {
        Server = server;
        JsonElement[] remotes = [.. JsonLook.Objects(server, "remotes").Where(remote => JsonLook.Text(remote, "url") is not null)];
        Remote = remotes.Where(remote => !IsTemplate(JsonLook.Text(remote, "url")!)).Select(remote => (JsonElement?)remote).FirstOrDefault();
        Package = JsonLook.Objects(server, "packages")
            .Where(package => Kind(package) is "oci" or "docker" && JsonLook.Text(package, "identifier", "name") is not null)
            .Select(package => (JsonElement?)package)
            .FirstOrDefault();
        _hasTemplates = remotes.Length > 0 && Remote is null;
    }

    /// <summary>The document itself.</summary>
    public JsonElement Server { get; }

    /// <summary>The first remote with an address that is whole.</summary>
    public JsonElement? Remote { get; }

    /// <summary>The first package that is a container image.</summary>
    public JsonElement? Package { get; }

    public string? Name => JsonLook.Text(Server, "name");

    public string? Url => Remote is { } remote ? JsonLook.Text(remote, "url") : null;

    /// <summary>Reference of the container image, with host and tag where they are known.</summary>
    public string? Image => Package is { } package ? Reference(package) : null;

    public string? RemoteTransport => Remote is { } remote ? JsonLook.Text(remote, "type", "transport_type") : null;

    public string? PackageTransport => Package is { } package && JsonLook.Find(package, "transport") is { } transport ? JsonLook.Text(transport, "type") : null;

    /// <summary>Whether the element is one, and not an entry of ToolHive's maps.</summary>
    public static bool IsOne(JsonElement element) =>
        JsonLook.Find(element, "server") is { ValueKind: JsonValueKind.Object }
        || JsonLook.Find(element, "packages") is not null
        || JsonLook.Find(element, "remotes") is not null;

    public static ServerJson Of(JsonElement element) => new(Inner(element));

    /// <summary>Why the registry does not want the entry to be used, to follow "because they"; null when it does.</summary>
    public static string? WhyNotToUse(JsonElement element)
    {
        JsonElement server = Inner(element);
        foreach (JsonElement owner in (ReadOnlySpan<JsonElement>)[element, server])
        {
            JsonElement official = (JsonLook.Find(owner, "_meta") is { } meta ? JsonLook.Find(meta, Official) : null)
                ?? JsonLook.Find(owner, "x-io.modelcontextprotocol.registry")
                ?? default;
            if ((JsonLook.Text(official, "status") ?? JsonLook.Text(server, "status"))?.Equals("deleted", StringComparison.OrdinalIgnoreCase) == true)
            {
                return "are marked as deleted";
            }

            if (JsonLook.Flag(official, "isLatest", "is_latest") == false)
            {
                return "are older versions";
            }
        }

        return null;
    }

    /// <summary>Why nothing here can run or reach the server, to follow "because they". One that is an npm or PyPI package alone is no fault.</summary>
    public string WhyUnreachable()
    {
        if (_hasTemplates)
        {
            return "have addresses with variables only";
        }

        string[] kinds = [.. JsonLook.Objects(Server, "packages").Select(Kind).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        string only = kinds.Length == 0 ? "" : $", only {string.Join(", ", kinds.Select(kind => VisibleText.Shorten(kind, 20)))}";
        return "have neither a remote nor a container image" + only;
    }

    /// <summary>
    /// What the publisher provides beside the format, which is what ToolHive's maps held: tags, tools, status. The best is under the image or the
    /// address that it is about; the name of the publisher is not looked at.
    /// </summary>
    public JsonElement Extra()
    {
        string?[] keys = [Url, Image, Package is { } package ? JsonLook.Text(package, "identifier", "name") : null];
        return Members(JsonLook.Find(Server, "_meta") is { } meta ? JsonLook.Find(meta, Provided) : null)
            .SelectMany(publisher => Members(publisher.Value))
            .Where(extra => extra.Value.ValueKind == JsonValueKind.Object)
            .OrderByDescending(extra => JsonLook.Name(extra) is { } name && keys.Contains(name))
            .Select(extra => extra.Value)
            .FirstOrDefault();
    }

    /// <summary>Names of the tools: the list of names, and those of the definitions that newer catalogues carry.</summary>
    public static IReadOnlyList<string> Tools(JsonElement owner) =>
    [
        .. JsonLook.Texts(owner, "tools")
            .Concat(JsonLook.Objects(owner, "tool_definitions").Select(tool => JsonLook.Text(tool, "name")).OfType<string>())
            .Distinct(StringComparer.Ordinal),
    ];

    private static JsonElement Inner(JsonElement element) => JsonLook.Find(element, "server") is { ValueKind: JsonValueKind.Object } inner ? inner : element;

    private static bool IsTemplate(string url) => url.Contains('{', StringComparison.Ordinal);

    private static string? Kind(JsonElement package) => JsonLook.Text(package, "registryType", "registry_type", "registry_name")?.ToLowerInvariant();

    // Until autumn 2025 a package named its registry and its version beside the image; since then the reference is whole.
    private static string Reference(JsonElement package)
    {
        string image = JsonLook.Text(package, "identifier", "name")!;
        bool hasHost = image.Split('/')[0].AsSpan().ContainsAny('.', ':') || image.StartsWith("localhost/", StringComparison.Ordinal);
        if (!hasHost
            && Uri.TryCreate(JsonLook.Text(package, "registryBaseUrl", "registry_base_url"), UriKind.Absolute, out Uri? registry)
            && !registry.Host.EndsWith("docker.io", StringComparison.OrdinalIgnoreCase))
        {
            image = $"{registry.Authority}/{image}";
        }

        bool hasTag = image.Contains('@', StringComparison.Ordinal) || image.LastIndexOf(':') > image.LastIndexOf('/');
        return !hasTag && JsonLook.Text(package, "version") is { } version ? $"{image}:{version}" : image;
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement? element) =>
        element is { ValueKind: JsonValueKind.Object } owner ? owner.EnumerateObject() : [];
}
