using Fleet.Metadata;
using Fleet.Metadata.Clients;
using Fleet.Metadata.Clients.Forge;
using Fleet.Metadata.Clients.Git;
using Fleet.Metadata.Clients.Processes;
using Fleet.Metadata.Clients.Taskfile;
using Fleet.Metadata.Repositories;
using Fleet.Metadata.Services;
using Fleet.Metadata.Tools;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

#pragma warning disable IDE0130 // Registrations live where every application looks for them.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Registers the metadata service.</summary>
public static class FleetMetadataServiceCollectionExtensions
{
    // A page of ten pull requests is about 200 KB.
    private const long MaxForgeAnswerBytes = 8 * 1024 * 1024;

    private static readonly Func<IServiceProvider, McpServerTool> CreateTool = static provider => MetadataTools.Create(provider.GetRequiredService<IMetadataService>());

    /// <summary>Registers <see cref="IMetadataService"/> and its like, with settings from code. Calling it again adds settings, not services.</summary>
    public static IServiceCollection AddFleetMetadata(this IServiceCollection services, Action<FleetMetadataOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddOptions<FleetMetadataOptions>().Configure(options => configure?.Invoke(options));
        return services.AddCore();
    }

    /// <summary>Registers <see cref="IMetadataService"/> and its like, with settings from a configuration section and then from code.</summary>
    public static IServiceCollection AddFleetMetadata(this IServiceCollection services, IConfiguration section, Action<FleetMetadataOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);
        services.AddOptions<FleetMetadataOptions>().Bind(section);
        return services.AddFleetMetadata(configure);
    }

    /// <summary>
    /// Registers the tool <c>get_metadata</c> as a <see cref="McpServerTool"/> singleton, which an MCP server picks up beside those of other packages, and the
    /// service below it, whose settings come from <see cref="AddFleetMetadata(IServiceCollection, Action{FleetMetadataOptions}?)"/>. A tool name that is
    /// registered twice stops the host at its start. Calling it again adds nothing.
    /// </summary>
    public static IServiceCollection AddFleetMetadataTools(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddFleetMetadata();
        ToolNames.Guard(services);
        if (!services.Any(static service => !service.IsKeyedService && ReferenceEquals(service.ImplementationFactory, CreateTool)))
        {
            services.AddSingleton(CreateTool);
        }

        return services;
    }

    private static IServiceCollection AddCore(this IServiceCollection services)
    {
        services.AddMetrics();
        services.AddLogging();
        services.AddOptions<FleetMetadataOptions>().ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<FleetMetadataOptions>, FleetMetadataOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FleetMetadataOptions>, FleetMetadataOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<FleetMetadataOptions>, FleetMetadataOptionsRules>());
        services.TryAddSingleton(TimeProvider.System);

        services.TryAddSingleton(static _ => new ProcessEnvironment(Environment.GetEnvironmentVariable));
        services.TryAddSingleton<ProcessRunner>();
        services.TryAddSingleton<GitCommand>();
        services.TryAddSingleton<GitSetupReader>();
        services.TryAddSingleton<TaskCommand>();
        services.TryAddSingleton<ForgeClient>();
        services.AddForgeHttp();

        services.TryAddSingleton<GitRepository>();
        services.TryAddSingleton<ForgeTargets>();
        services.TryAddSingleton<ForgeQuestions>();
        services.TryAddSingleton<PullRequestRepository>();
        services.TryAddSingleton<WorkspaceRepository>();
        services.TryAddSingleton<TaskStateRepository>();
        services.TryAddSingleton<TaskfileRepository>();

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMetadataCollector, GitCollector>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMetadataCollector, PullRequestCollector>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMetadataCollector, WorkspaceCollector>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMetadataCollector, TaskStateCollector>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IMetadataCollector, TaskfileCollector>());
        services.TryAddSingleton<MetadataMetrics>();
        services.TryAddSingleton<MetadataLimits>();
        services.TryAddSingleton<MetadataCollection>();
        services.TryAddSingleton<IMetadataService, MetadataService>();
        services.TryAddSingleton<ITaskStateService, TaskStateService>();
        services.TryAddSingleton<IMetadataHealthService, MetadataHealthService>();
        return services;
    }

    private static void AddForgeHttp(this IServiceCollection services) =>
        services.AddHttpClient(ForgeClient.HttpClientName, static (provider, http) =>
            {
                http.Timeout = provider.GetRequiredService<IOptions<FleetMetadataOptions>>().Value.ForgeRequestTimeout;
                http.MaxResponseContentBufferSize = MaxForgeAnswerBytes;
                http.DefaultRequestHeaders.UserAgent.Clear();
                http.DefaultRequestHeaders.UserAgent.ParseAdd("Fleet.Metadata");
            })

            // Redirects are followed by hand, so that a token stays with its host.
            .UseSocketsHttpHandler(static (handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.AutomaticDecompression = System.Net.DecompressionMethods.All;
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RedactLoggedHeaders(["Authorization"]);
}
