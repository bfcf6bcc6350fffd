using System.Text.Json;
using McpOptimizer.Core.Models.Sources;

namespace McpOptimizer.Core.Repositories.Sources;

/// <summary>Reads one element of a registry: an entry of ToolHive's maps, or a <c>server.json</c>.</summary>
internal static class RegistryEntryReader
{
    private const string Nameless = "(no name)";

    /// <param name="key">The element's key when it stands in a map.</param>
    /// <param name="element">The element.</param>
    public static RegistryReading Read(string? key, JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            return Fault(key, "are no objects");
        }

        try
        {
            return ServerJson.IsOne(element) ? ReadServer(key, element) : ReadToolHives(key, element);
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which no text can hold.
            return Fault(key, "have texts that are not whole Unicode");
        }
    }

    private static RegistryReading ReadToolHives(string? key, JsonElement entry)
    {
        string? name = JsonLook.Text(entry, "name") ?? key;
        string? url = JsonLook.Text(entry, "url");
        string? image = JsonLook.Text(entry, "image");
        if (string.IsNullOrEmpty(name))
        {
            return Fault(key, "have no name");
        }

        return url is null && image is null
            ? Fault(name, "have neither image nor url")
            : new RegistryReading(name, new RegistryEntry
            {
                Name = name,
                Url = url,
                Package = url is null ? image : null,
                Transport = JsonLook.Text(entry, "transport"),
                Description = JsonLook.Text(entry, "description"),
                Tags = [.. JsonLook.Texts(entry, "tags")],
                ToolNames = ServerJson.Tools(entry),
            });
    }

    private static RegistryReading ReadServer(string? key, JsonElement element)
    {
        ServerJson server = ServerJson.Of(element);
        string? name = server.Name ?? key;
        if (string.IsNullOrEmpty(name))
        {
            return Fault(key, "have no name");
        }

        if (ServerJson.WhyNotToUse(element) is { } reason)
        {
            return new RegistryReading(name, null, reason);
        }

        (string? url, string? image) = (server.Url, server.Image);
        if (url is null && image is null)
        {
            return new RegistryReading(name, null, server.WhyUnreachable());
        }

        JsonElement extra = server.Extra();
        return new RegistryReading(name, new RegistryEntry
        {
            Name = name,
            Url = url,
            Package = url is null ? image : null,
            Transport = url is null ? server.PackageTransport : server.RemoteTransport,
            Description = JsonLook.Text(server.Server, "description"),
            Tags = [.. JsonLook.Texts(extra, "tags")],
            ToolNames = ServerJson.Tools(extra),
        });
    }

    private static RegistryReading Fault(string? name, string reason) => new(name is null or "" ? Nameless : name, null, reason, IsFault: true);
}
