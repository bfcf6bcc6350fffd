using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace ToolHive.Client.Tools;

/// <summary>MCP tools to look at ToolHive's servers and, when allowed, to change them. They need <c>AddToolHiveClient</c>.</summary>
public static class ToolHiveTools
{
    /// <summary>Makes the tools; services are taken from each request.</summary>
    /// <param name="options">Which ones; null for those that only read.</param>
    /// <returns>Tools to hand to <c>WithTools</c>.</returns>
    /// <exception cref="ArgumentException">The prefix has letters that tool names cannot have.</exception>
    public static IReadOnlyList<McpServerTool> Create(ToolHiveToolsOptions? options = null)
    {
        options ??= new ToolHiveToolsOptions();
        if (!options.Prefix.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
        {
            throw new ArgumentException($"'{options.Prefix}' cannot begin a tool's name: use letters, digits, underscores, hyphens and dots.", nameof(options));
        }

        List<McpServerTool> tools =
        [
            From<ServerTools>(nameof(ServerTools.ListServersAsync), options),
            From<ServerTools>(nameof(ServerTools.GetServerAsync), options),
            From<ServerTools>(nameof(ServerTools.GetServerLogsAsync), options),
            From<RegistryTools>(nameof(RegistryTools.SearchRegistryAsync), options),
            From<RegistryTools>(nameof(RegistryTools.GetRegistryServerAsync), options),
            From<GroupTools>(nameof(GroupTools.ListGroupsAsync), options),
        ];
        if (options.AllowChanges)
        {
            tools.AddRange(
            [
                From<ServerChangeTools>(nameof(ServerChangeTools.RunServerAsync), options),
                From<ServerChangeTools>(nameof(ServerChangeTools.StopServerAsync), options),
                From<ServerChangeTools>(nameof(ServerChangeTools.RestartServerAsync), options),
                From<ServerChangeTools>(nameof(ServerChangeTools.RemoveServerAsync), options),
            ]);
        }

        return tools;
    }

    private static McpServerTool From<[DynamicallyAccessedMembers(
        DynamicallyAccessedMemberTypes.PublicMethods | DynamicallyAccessedMemberTypes.PublicConstructors)] T>(string method, ToolHiveToolsOptions options)
        where T : class
    {
        MethodInfo implementation = typeof(T).GetMethod(method)!;
        McpServerToolAttribute attribute = implementation.GetCustomAttribute<McpServerToolAttribute>()!;
        return McpServerTool.Create(implementation, CreateTarget<T>, new McpServerToolCreateOptions
        {
            Name = options.Prefix + attribute.Name,
            SerializerOptions = ToolsJson.Options,
        });
    }

    private static object CreateTarget<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(RequestContext<CallToolRequestParams> request)
        where T : class =>
        ActivatorUtilities.CreateInstance<T>(request.Services ?? throw new McpException("The host offers ToolHive's tools without its services: call AddToolHiveClient."));
}
