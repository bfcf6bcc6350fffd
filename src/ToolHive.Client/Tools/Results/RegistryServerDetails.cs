using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Tools.Results;

/// <summary>One registry entry.</summary>
internal sealed record RegistryServerDetails
{
    public required RegistryServerSummary Server { get; init; }

    public string? Image { get; init; }

    public string? Url { get; init; }

    public string? RepositoryUrl { get; init; }

    public required IReadOnlyList<string> Tools { get; init; }

    public required IReadOnlyList<SettingInfo> Settings { get; init; }

    /// <exception cref="KeyNotFoundException">There is no such entry.</exception>
    public static RegistryServerDetails From(string name, RegistryServer? server) => server is null
        ? throw new KeyNotFoundException($"The registry has no server '{name}'. Find it with search_registry.")
        : new RegistryServerDetails
        {
            Server = RegistryServerSummary.From(server),
            Image = (server as ContainerRegistryServer)?.Image,
            Url = (server as RemoteRegistryServer)?.Url,
            RepositoryUrl = server.RepositoryUrl,
            Tools = server.Tools,
            Settings = [.. ServerSetting.ListOf(server).Select(SettingInfo.From)],
        };
}
