using Coder.Client;
using Coder.Client.Clients;
using Coder.Client.Repositories;
using Coder.Client.Services;
using Coder.Client.Tools;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

#pragma warning disable IDE0130 // Registrations live where everybody looks for them.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers the Coder client, the fleet services and the fleet tools. Each call may be repeated.</summary>
public static class CoderServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="ICoderClient"/> and <see cref="IAgentApiClient"/>. The returned builder configures the client of Coder's own API; the
    /// one for applications inside workspaces has the name <c>Coder.Client.Apps</c>.
    /// </summary>
    public static IHttpClientBuilder AddCoderClient(this IServiceCollection services, Action<CoderClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptionsWithValidateOnStart<CoderClientOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CoderClientOptions>, CoderClientOptionsValidator>());
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ServerVersionTracker>();
        services.TryAddSingleton<TaskRoutes>();
        services.TryAddSingleton<AppHosts>();
        services.TryAddTransient<RetryHandler>();
        services.TryAddTransient<AppCookieHandler>();
        services.TryAddSingleton<ICoderClient>(provider => ActivatorUtilities.CreateInstance<CoderClient>(provider, Create(provider, ApiName)));
        services.TryAddSingleton<IAgentApiClient>(provider => ActivatorUtilities.CreateInstance<AgentApiClient>(provider, Create(provider, AppsName)));
        services.TryAddSingleton<MetadataClient>(provider => ActivatorUtilities.CreateInstance<MetadataClient>(provider, Create(provider, AppsName)));
        services.TryAddSingleton<AppAddressResolver>();
        if (services.Any(service => service.ServiceType == typeof(HttpClientsAdded)))
        {
            return services.AddHttpClient(ApiName);
        }

        services.AddSingleton<HttpClientsAdded>();
        Harden(services.AddHttpClient(AppsName)).AddHttpMessageHandler<AppCookieHandler>();
        return Harden(services.AddHttpClient(ApiName, static (provider, http) =>
            {
                CoderClientOptions options = provider.GetRequiredService<IOptions<CoderClientOptions>>().Value;
                http.BaseAddress = new Uri(options.BaseAddress!.AbsoluteUri.TrimEnd('/') + "/");
                http.DefaultRequestHeaders.Add(CoderHeaders.SessionToken, options.SessionToken);
            }))
            .AddHttpMessageHandler<RetryHandler>();
    }

    /// <summary>
    /// Registers <see cref="IAgentService"/>, <see cref="IAgentLifecycleService"/>, <see cref="IProjectService"/> and <see cref="ITaskService"/>,
    /// and the client below them, whose settings come from <see cref="AddCoderClient"/>.
    /// </summary>
    public static IServiceCollection AddFleet(this IServiceCollection services, Action<FleetOptions>? configure = null)
    {
        services.AddCoderClient();
        services.AddMetrics();
        services.AddOptionsWithValidateOnStart<FleetOptions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FleetOptions>, FleetOptionsValidator>());
        if (configure is not null)
        {
            services.Configure(configure);
        }

        services.TryAddSingleton<WorkspaceMapper>();
        services.TryAddSingleton<WorkspacePages>();
        services.TryAddSingleton<PresetCatalog>();
        services.TryAddSingleton<AgentRepository>();
        services.TryAddSingleton<ProjectRepository>();
        services.TryAddSingleton<MetadataRepository>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITaskBackend, TaskRecordBackend>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ITaskBackend, PlainWorkspaceBackend>());
        services.TryAddSingleton<TaskRepository>();
        services.TryAddSingleton<FleetMetrics>();
        services.TryAddSingleton<OperationAudit>();
        services.TryAddSingleton<AgentFinder>();
        services.TryAddSingleton<MetadataService>();
        services.TryAddSingleton<BuildWaiter>();
        services.TryAddSingleton<IProjectService, ProjectService>();
        services.TryAddSingleton<IAgentService, AgentService>();
        services.TryAddSingleton<IAgentLifecycleService, AgentLifecycleService>();
        services.TryAddSingleton<ITaskService, TaskService>();
        return services;
    }

    /// <summary>
    /// Registers each fleet tool as a <see cref="ModelContextProtocol.Server.McpServerTool"/> singleton, which an MCP server picks up beside those of
    /// other packages, and the services below them. A tool name that is registered twice stops the host at its start.
    /// </summary>
    public static IServiceCollection AddFleetTools(this IServiceCollection services, Action<FleetOptions>? configure = null)
    {
        services.AddFleet(configure);
        if (!services.Any(service => service.ServiceType == typeof(FleetToolSet)))
        {
            ToolNames.Guard(services);
            services.AddSingleton<FleetToolSet>();
            foreach (string name in FleetTools.Names)
            {
                services.AddSingleton(provider => provider.GetRequiredService<FleetToolSet>()[name]);
            }
        }

        return services;
    }

    private const string ApiName = "Coder.Client";
    private const string AppsName = "Coder.Client.Apps";

    private static HttpClient Create(IServiceProvider provider, string name) => provider.GetRequiredService<IHttpClientFactory>().CreateClient(name);

    // The calls have their own deadline. Redirects are never followed: they would carry the token to wherever they point. The pool renews its
    // connections, so that singletons may keep a client for ever.
    private static IHttpClientBuilder Harden(IHttpClientBuilder builder) => builder
        .ConfigureHttpClient(static http => http.Timeout = Timeout.InfiniteTimeSpan)
        .UseSocketsHttpHandler(static (handler, provider) =>
        {
            handler.AllowAutoRedirect = false;
            handler.UseCookies = false;
            handler.ConnectTimeout = provider.GetRequiredService<IOptions<CoderClientOptions>>().Value.ConnectTimeout;
            handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
        })
        .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
        .RedactLoggedHeaders([CoderHeaders.SessionToken, "Cookie", "Set-Cookie", "Authorization", "Location"]);

    private sealed class HttpClientsAdded;
}
