using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolHive.Client.Clients.Discovery;
using ToolHive.Client.Clients.Http;
using ToolHive.Client.Resilience;
using ToolHive.Client.Telemetry;

namespace ToolHive.Client.Clients;

/// <summary>The areas over one connection.</summary>
internal sealed class ToolHiveClient : IToolHiveClient
{
    public ToolHiveClient(
        HttpClient http,
        EndpointProvider endpoints,
        Backoff backoff,
        IOptions<ToolHiveClientOptions> options,
        ToolHiveMetrics metrics,
        TimeProvider clock,
        ILogger<ToolHiveClient> logger)
    {
        ToolHiveConnection connection = new(http, endpoints, backoff, options, metrics, clock, logger);
        System = new SystemClient(connection, endpoints);
        Workloads = new WorkloadsClient(connection);
        Registry = new RegistryClient(connection);
        Catalog = new CatalogClient(connection);
        Groups = new GroupsClient(connection);
        Clients = new ClientAppsClient(connection);
        Secrets = new SecretsClient(connection);
        Skills = new SkillsClient(connection);
        Plugins = new PluginsClient(connection);
    }

    public ISystemClient System { get; }

    public IWorkloadsClient Workloads { get; }

    public IRegistryClient Registry { get; }

    public ICatalogClient Catalog { get; }

    public IGroupsClient Groups { get; }

    public IClientAppsClient Clients { get; }

    public ISecretsClient Secrets { get; }

    public ISkillsClient Skills { get; }

    public IPluginsClient Plugins { get; }
}
