using ToolHive.Client.Models;
using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Services;

/// <summary>The settings that a registry entry reads, environment and headers alike.</summary>
internal static class ServerSettings
{
    public static IReadOnlyList<ServerSetting> Of(RegistryServer server) =>
    [
        .. server.EnvVars.Where(variable => !string.IsNullOrWhiteSpace(variable.Name)).Select(variable => new ServerSetting
        {
            Name = variable.Name!,
            Kind = "environment",
            Description = variable.Description,
            IsRequired = variable.Required,
            IsSecret = variable.Secret,
            Default = string.IsNullOrEmpty(variable.Default) ? null : variable.Default,
        }),
        .. (server as RemoteRegistryServer)?.Headers.Where(header => !string.IsNullOrWhiteSpace(header.Name)).Select(header => new ServerSetting
        {
            Name = header.Name!,
            Kind = "header",
            Description = header.Description,
            IsRequired = header.Required,
            IsSecret = header.Secret,
            Default = string.IsNullOrEmpty(header.Default) ? null : header.Default,
            Choices = header.Choices,
        }) ?? [],
    ];
}
