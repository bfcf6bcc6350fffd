using McpOptimizer.Core;
using McpOptimizer.Core.Clients.Database;
using McpOptimizer.Core.Clients.Files;
using McpOptimizer.Core.Repositories;
using McpOptimizer.Core.Repositories.Sources;
using McpOptimizer.Core.Repositories.Store;
using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Disclosure;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Doctor;
using McpOptimizer.Core.Services.Embeddings;
using McpOptimizer.Core.Services.Explanations;
using McpOptimizer.Core.Services.Ingestion;
using McpOptimizer.Core.Services.Ingestion.Look;
using McpOptimizer.Core.Services.Ingestion.Plan;
using McpOptimizer.Core.Services.Install;
using McpOptimizer.Core.Services.Learning;
using McpOptimizer.Core.Services.Login;
using McpOptimizer.Core.Services.Offerings;
using McpOptimizer.Core.Services.Search;
using McpOptimizer.Core.Services.Search.Index;
using McpOptimizer.Core.Services.Tokens;
using McpOptimizer.Core.Services.Trust;
using McpOptimizer.Core.Tools;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;
using ToolHive.Client;

#pragma warning disable IDE0130 // Where hosts look for registrations.
namespace Microsoft.Extensions.DependencyInjection;
#pragma warning restore IDE0130

/// <summary>Puts the optimizer into a host.</summary>
public static class McpOptimizerServiceCollectionExtensions
{
    /// <summary>
    /// Registers the optimizer: store, ingestion, search and calls. Add at least one source of workloads beside it. A host that registers an
    /// <c>IEmbeddingGenerator&lt;string, Embedding&lt;float&gt;&gt;</c> of its own has it used beside the built-in one. Safe to call twice.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets options; runs after <paramref name="configuration"/>.</param>
    /// <param name="configuration">The section to bind <see cref="McpOptimizerOptions"/> to; null for none.</param>
    public static IServiceCollection AddMcpOptimizer(this IServiceCollection services, Action<McpOptimizerOptions>? configure = null, IConfiguration? configuration = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        OptionsBuilder<McpOptimizerOptions> options = services.AddOptions<McpOptimizerOptions>().ValidateOnStart();
        if (configuration is not null)
        {
            options.Bind(configuration);
            options.Configure(settings => TrustShortForm.Apply(configuration, settings.Trust));
        }

        if (configure is not null)
        {
            options.Configure(configure);
        }

        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<McpOptimizerOptions>, McpOptimizerAttributeValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<McpOptimizerOptions>, McpOptimizerOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        AddStore(services);
        AddSearch(services);
        AddIngestion(services);
        return services;
    }

    /// <summary>Offers <c>find_tool</c>, <c>call_tool</c>, <c>list_tools</c> (and, when enabled, <c>search_registry</c> and <c>install_server</c>) in the host's MCP server.</summary>
    public static IServiceCollection AddMcpOptimizerTools(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton<ICallerAccessor, AnonymousCallerAccessor>();
        services.TryAddSingleton<CatalogChanges>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IConfigureOptions<McpServerOptions>, ToolRegistration>());
        return services;
    }

    /// <summary>Takes workloads from a file in the <c>mcpServers</c> format; changes of the file are noticed.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="path">Path of the file.</param>
    public static IServiceCollection AddServersFileSource(this IServiceCollection services, string path)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return services.AddSingleton<IWorkloadSource>(_ => new ServersFileWorkloadSource(path));
    }

    /// <summary>Takes the registry from a JSON file or an http(s) address, in ToolHive's format or the MCP registry's.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="location">Path or address.</param>
    public static IServiceCollection AddRegistryDocumentSource(this IServiceCollection services, string location)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrWhiteSpace(location);
        services.AddHttpClient(RegistryDocumentReader.HttpClientName)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
        services.TryAddSingleton<RegistryDocumentReader>();
        return services.AddSingleton<IRegistrySource>(provider => new RegistryDocumentSource(
            location, provider.GetRequiredService<RegistryDocumentReader>(), provider.GetRequiredService<ILogger<RegistryDocumentSource>>()));
    }

    /// <summary>Takes workloads and registry from ToolHive, and lets <c>install_server</c> install there.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Says where ToolHive is; null finds a local one.</param>
    public static IServiceCollection AddToolHiveSources(this IServiceCollection services, Action<ToolHiveClientOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddToolHiveClient(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWorkloadSource, ToolHiveWorkloadSource>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IRegistrySource, ToolHiveRegistrySource>());
        return services;
    }

    /// <summary>Takes workloads from the ToolHive operator's resources in Kubernetes. There is no registry then, and nothing can be installed.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Says where the cluster is; null finds it the way kubectl does.</param>
    public static IServiceCollection AddToolHiveKubernetesSource(this IServiceCollection services, Action<ToolHiveKubernetesOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.AddToolHiveKubernetes(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IWorkloadSource, ToolHiveWorkloadSource>());
        return services;
    }

    private static void AddStore(IServiceCollection services)
    {
        services.TryAddSingleton<IDatabase, SqliteDatabase>();
        services.TryAddSingleton<OptimizerStore>();
        services.TryAddSingleton<IStoreReplicas, OnlyProcess>();
        services.TryAddSingleton(provider => new ReplicaName(provider.GetRequiredService<IStoreReplicas>()));
        services.TryAddSingleton<EndpointRepository>();
    }

    private static void AddSearch(IServiceCollection services)
    {
        services.TryAddSingleton<IEmbeddingGenerator<string, Embedding<float>>, BuiltInEmbeddingGenerator>();
        services.TryAddSingleton<TextEmbedder>();
        services.TryAddSingleton<ITokenCounter, EstimatingTokenCounter>();
        services.TryAddSingleton<OfferingIndexes>();
        services.TryAddSingleton<ToolIndexes>();
        services.TryAddSingleton<IVisibilityService, VisibilityService>();
        services.TryAddSingleton(provider =>
        {
            ToolIndexes indexes = provider.GetRequiredService<ToolIndexes>();
            return new SearchServices(
                Search(provider, indexes.Workloads, provider.GetService<EnrichedTools>()),
                Search(provider, indexes.Registry),
                Search(provider, indexes.Withheld));
        });
        services.TryAddSingleton(provider =>
        {
            OfferingIndexes offerings = provider.GetRequiredService<OfferingIndexes>();
            return new OfferingSearches(Search(provider, offerings.Resources), Search(provider, offerings.Prompts));
        });
        services.TryAddSingleton<IOfferingService, OfferingService>();
        services.TryAddSingleton(provider => new ToolReducer(
            provider.GetRequiredService<IOptions<McpOptimizerOptions>>().Value.Search.MaxToolsToReturn,
            provider.GetRequiredService<IOptions<McpOptimizerOptions>>().Value.Search,
            provider.GetRequiredService<TextEmbedder>().Generator));
        services.TryAddSingleton<ShownTools>();
        services.TryAddSingleton<BudgetFitter>();
        services.TryAddSingleton<StartupWait>();
        services.TryAddSingleton<DiscoveryService>();
        services.TryAddSingleton<IDiscoveryService>(provider => provider.GetRequiredService<DiscoveryService>());
        services.TryAddSingleton<Rehearsal>(provider => (need, token) => FindTool.RehearseAsync(provider.GetRequiredService<DiscoveryService>(), need, token));
        services.TryAddSingleton<FindUsage>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICallObserver, FindUsage>(provider => provider.GetRequiredService<FindUsage>()));
        services.TryAddSingleton<LearningService>();
        services.TryAddSingleton<ILearningService>(provider => provider.GetRequiredService<LearningService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<ICallObserver, LearningService>(provider => provider.GetRequiredService<LearningService>()));
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, LearningWatchService>());
        services.TryAddSingleton<ServerFaults>();
        services.TryAddSingleton<IServerStandingService, ServerStandingService>();
        services.TryAddSingleton<IExplanationService, ExplanationService>();
        services.TryAddSingleton<Prober>();
        services.TryAddSingleton<Rewriter>();
        services.TryAddSingleton<DefinitionChecks>();
        services.TryAddSingleton<IDoctorService, DoctorService>();
    }

    private static ToolSearchService Search(IServiceProvider provider, ToolIndexHolder index, EnrichedTools? enriched = null) => new(
        index,
        provider.GetRequiredService<IOptions<McpOptimizerOptions>>().Value.Search,
        provider.GetRequiredService<TextEmbedder>().Generator,
        provider.GetRequiredService<ILogger<ToolSearchService>>())
    {
        Enriched = enriched,
    };

    private static void AddIngestion(IServiceCollection services)
    {
        services.TryAddSingleton<CatalogueGate>();
        services.TryAddSingleton<IngestionStatus>();
        services.TryAddSingleton<PollingSignal>();
        services.TryAddSingleton<WithheldReason>();
        services.TryAddSingleton<TrustRules>();
        services.TryAddSingleton<TrustJudge>();
        services.TryAddSingleton<TrustKeeper>();
        services.TryAddSingleton(provider => new TrustStatus(
            provider.GetRequiredService<ToolIndexes>(), provider.GetRequiredService<OfferingIndexes>(), provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<TrustMemory>();
        services.TryAddSingleton<TrustReviews>();
        services.TryAddSingleton<OfferingTrust>();
        services.TryAddSingleton<StoredServers>();
        services.TryAddSingleton<ReplicaFollower>();
        services.TryAddSingleton<TrustService>();
        services.TryAddSingleton<ITrustService>(provider => provider.GetRequiredService<TrustService>());
        services.TryAddSingleton<OfferingSignal>();
        services.TryAddSingleton<SharedVectors>();
        services.TryAddSingleton<OfferingIngestion>();
        services.TryAddSingleton<WorkloadPlanner>();
        services.TryAddSingleton<RegistryPlanner>();
        services.TryAddSingleton<Commit>();
        services.TryAddSingleton<WorkloadIntake>();
        services.TryAddSingleton<WorkloadList>();
        services.TryAddSingleton<Rematching>();
        services.TryAddSingleton<Reembedding>();
        services.TryAddSingleton<StoreWatch>();
        services.TryAddSingleton<PublishedServers>();
        services.TryAddSingleton<WorkloadInbox>();
        services.TryAddSingleton<WorkloadAsks>();
        services.TryAddSingleton<SourceLooks>();
        services.TryAddSingleton<WorkloadIngestion>();
        services.TryAddSingleton<RegistryIngestion>();
        services.TryAddSingleton<IndexLoader>();
        services.TryAddSingleton<IngestionService>();
        services.TryAddSingleton<IIngestionService>(provider => provider.GetRequiredService<IngestionService>());
        services.AddMcpOptimizerCalls();
        services.TryAddSingleton<ICallTargetResolver, IndexTargetResolver>();
        services.TryAddSingleton<IServerInstallService, ServerInstallService>();
        services.TryAddSingleton<IServerLoginService, ServerLoginService>();
        services.TryAddSingleton<OptimizerTools>();
        services.TryAddSingleton<IOptimizerFunctions, OptimizerFunctions>();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, PollingService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, BackendWatchService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, TrustWatchService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, ReplicaService>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, OfferingPollingService>());
    }
}
