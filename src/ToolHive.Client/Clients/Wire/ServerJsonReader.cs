using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using ToolHive.Client.Models.Catalog;
using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Clients.Wire;

/// <summary>
/// Turns a <c>server.json</c> into what ToolHive's maps hold, as ToolHive itself does: a container when there is an image, else a remote server.
/// What the publisher provides beside the format (tags, tools, status, permissions) is in the maps' own form.
/// </summary>
internal static class ServerJsonReader
{
    /// <exception cref="JsonException">It has not the expected shape.</exception>
    public static RegistryServer? Read(JsonElement element)
    {
        ServerJson server = ServerJson.Of(element);
        string? title = JsonLook.Text(server.Server, "title");
        string? description = JsonLook.Text(server.Server, "description");
        string? repository = JsonLook.Find(server.Server, "repository") is { } source ? JsonLook.Text(source, "url") : null;
        JsonElement extra = server.Extra();
        if (server.Image is { } image)
        {
            CatalogPackage? package = server.Package?.Deserialize(CatalogJsonContext.Default.CatalogPackage);
            ContainerRegistryServer container = Extra(extra, ToolHiveJsonContext.Default.ContainerRegistryServer) ?? new ContainerRegistryServer();
            return container with
            {
                Name = server.Name,
                Title = title ?? container.Title,
                Description = description ?? container.Description,
                RepositoryUrl = repository ?? container.RepositoryUrl,
                Transport = server.PackageTransport ?? container.Transport,
                Tools = ServerJson.Tools(extra),
                EnvVars = container.EnvVars.Count > 0 ? container.EnvVars : [.. (package?.EnvironmentVariables ?? []).Select(Variable)],
                Image = image,
            };
        }

        if (server.Url is { } url)
        {
            CatalogTransport? remote = server.Remote?.Deserialize(CatalogJsonContext.Default.CatalogTransport);
            RemoteRegistryServer proxied = Extra(extra, ToolHiveJsonContext.Default.RemoteRegistryServer) ?? new RemoteRegistryServer();
            return proxied with
            {
                Name = server.Name,
                Title = title ?? proxied.Title,
                Description = description ?? proxied.Description,
                RepositoryUrl = repository ?? proxied.RepositoryUrl,
                Transport = server.RemoteTransport ?? proxied.Transport,
                Tools = ServerJson.Tools(extra),
                Url = url,
                Headers = proxied.Headers.Count > 0 ? proxied.Headers : [.. (remote?.Headers ?? []).Select(Header)],
            };
        }

        return null;
    }

    // What a publisher adds is free: of another shape it costs itself and not the server.
    private static T? Extra<T>(JsonElement extra, JsonTypeInfo<T> type)
        where T : RegistryServer
    {
        try
        {
            return extra.ValueKind == JsonValueKind.Object ? extra.Deserialize(type) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static RegistryEnvVar Variable(CatalogInput input) => new()
    {
        Name = input.Name,
        Description = input.Description,
        Required = input.IsRequired,
        Secret = input.IsSecret,
        Default = input.Default ?? input.Value,
    };

    private static RegistryHeader Header(CatalogInput input) => new()
    {
        Name = input.Name,
        Description = input.Description,
        Required = input.IsRequired,
        Secret = input.IsSecret,
        Default = input.Default ?? input.Value,
        Choices = input.Choices,
    };
}
