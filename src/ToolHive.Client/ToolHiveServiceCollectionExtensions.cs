using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;
using ToolHive.Client;
using ToolHive.Client.Clients;
using ToolHive.Client.Clients.Discovery;
using ToolHive.Client.Clients.Kubernetes;
using ToolHive.Client.Configuration;
using ToolHive.Client.Repositories;
using ToolHive.Client.Resilience;
using ToolHive.Client.Services;
using ToolHive.Client.Telemetry;
using ToolHive.Client.Tools;

#pragma warning disable IDE0130 // Where hosts look for registrations.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers the package.</summary>
public static class ToolHiveServiceCollectionExtensions
{
    /// <summary>Registers <see cref="IToolHiveClient"/> and the services over it. Calling it twice is harmless; later settings win.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Changes the settings; null keeps the defaults, which find a local ToolHive.</param>
    /// <returns>Builder of the HTTP client, for handlers and logging.</returns>
    public static IHttpClientBuilder AddToolHiveClient(this IServiceCollection services, Action<ToolHiveClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<ToolHiveClientOptions> options = services.AddOptionsWithValidateOnStart<ToolHiveClientOptions, ToolHiveClientOptionsValidator>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ToolHiveClientOptions>, ToolHiveClientOptionsRules>());
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ToolHiveMetrics>();
        services.TryAddSingleton<Backoff>();
        services.TryAddSingleton<EndpointProbe>();
        services.TryAddSingleton<EndpointDiscovery>();
        services.TryAddSingleton<EndpointProvider>();
        services.TryAddSingleton<WorkloadRepository>();
        services.TryAddSingleton<RegistryRepository>();
        services.TryAddSingleton<IGroupRepository, GroupRepository>();
        services.TryAddSingleton<IWorkloadDirectory, RestWorkloadDirectory>();
        services.TryAddSingleton<IWorkloadService, WorkloadService>();
        services.TryAddSingleton<IRegistryService, RegistryService>();
        services.TryAddSingleton<IGroupService, GroupService>();
        services.TryAddSingleton<IInstallService, InstallService>();
        ConfigureLocal(services.AddHttpClient(EndpointProbe.ClientName)).RemoveAllLoggers();
        return ConfigureLocal(services.AddHttpClient<IToolHiveClient, ToolHiveClient>()).RedactLoggedHeaders(["Authorization"]);
    }

    /// <summary>
    /// Makes <see cref="IWorkloadDirectory"/> and <see cref="IGroupService"/> read the ToolHive operator's resources from a Kubernetes API
    /// server, whatever else is registered. Calling it twice is harmless; later settings win.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Changes the settings; null keeps the defaults, which find the cluster the way kubectl does.</param>
    /// <returns>Builder of the HTTP client, for handlers and logging.</returns>
    public static IHttpClientBuilder AddToolHiveKubernetes(this IServiceCollection services, Action<ToolHiveKubernetesOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<ToolHiveKubernetesOptions> options = services
            .AddOptionsWithValidateOnStart<ToolHiveKubernetesOptions, ToolHiveKubernetesOptionsValidator>();
        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ToolHiveKubernetesOptions>, ToolHiveKubernetesOptionsRules>());
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ToolHiveMetrics>();
        services.TryAddSingleton<ClusterLocator>();
        services.TryAddSingleton<KubernetesApiClient>();
        services.TryAddSingleton<KubernetesRepository>();
        services.Replace(ServiceDescriptor.Singleton<IWorkloadDirectory, KubernetesWorkloadDirectory>());
        services.Replace(ServiceDescriptor.Singleton<IGroupRepository, KubernetesGroupRepository>());
        services.TryAddSingleton<IGroupService, GroupService>();
        return services.AddHttpClient(KubernetesApiClient.ClientName)
            .ConfigureHttpClient(static http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(static provider => ClusterHandler.Create(provider.GetRequiredService<ClusterLocator>().Connection))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RedactLoggedHeaders(["Authorization"]);
    }

    /// <summary>
    /// Registers each of ToolHive's tools as a <see cref="McpServerTool"/> singleton, which an MCP server picks up beside those of other packages,
    /// and the client below them, whose settings come from <see cref="AddToolHiveClient"/>. A tool name that is registered twice stops the host at
    /// its start. Calling it twice is harmless: tools that the second call names again are not added again.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Chooses the tools; null offers those that only read.</param>
    /// <returns>The same services.</returns>
    /// <exception cref="ArgumentException">The prefix has letters that tool names cannot have.</exception>
    public static IServiceCollection AddToolHiveTools(this IServiceCollection services, Action<ToolHiveToolsOptions>? configure = null)
    {
        services.AddToolHiveClient();
        ToolNames.Guard(services);
        ToolHiveToolsOptions options = new();
        configure?.Invoke(options);
        HashSet<string> known = [.. services.Select(service => service.ImplementationInstance).OfType<AddedTool>().Select(added => added.Name)];
        foreach (McpServerTool tool in ToolHiveTools.Create(options).Where(tool => known.Add(tool.ProtocolTool.Name)))
        {
            services.AddSingleton(new AddedTool(tool.ProtocolTool.Name));
            services.AddSingleton(tool);
        }

        return services;
    }

    // Timeouts are per call, by the TimeProvider. ToolHive is local or beside us: a proxy of the environment is not for it, and a
    // redirect would carry a token elsewhere.
    private static IHttpClientBuilder ConfigureLocal(IHttpClientBuilder builder) => builder
        .ConfigureHttpClient(static http => http.Timeout = Timeout.InfiniteTimeSpan)
        .UseSocketsHttpHandler(static (handler, _) =>
        {
            handler.ConnectCallback = LocalConnector.ConnectAsync;
            handler.UseProxy = false;
            handler.AllowAutoRedirect = false;
            handler.UseCookies = false;
            handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
        })
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan);

    private sealed record AddedTool(string Name);
}
