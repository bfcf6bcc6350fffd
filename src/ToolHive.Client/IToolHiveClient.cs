using ToolHive.Client.Clients;

namespace ToolHive.Client;

/// <summary>
/// ToolHive's REST API, one property per area. ToolHive is looked for on the first call and again whenever the connection is lost.
/// Every method throws <see cref="ToolHiveApiException"/> when ToolHive refuses, <see cref="ToolHiveUnavailableException"/> when it
/// cannot be reached, and <see cref="ArgumentException"/> for arguments that no ToolHive would take.
/// </summary>
public interface IToolHiveClient
{
    /// <summary>Health, version, API description.</summary>
    ISystemClient System { get; }

    /// <summary>MCP servers that ToolHive runs or proxies.</summary>
    IWorkloadsClient Workloads { get; }

    /// <summary>Registry of servers that can be run.</summary>
    IRegistryClient Registry { get; }

    /// <summary>The registry in the MCP registry's own format, with skills and plugins.</summary>
    ICatalogClient Catalog { get; }

    /// <summary>Groups of workloads.</summary>
    IGroupsClient Groups { get; }

    /// <summary>AI clients that ToolHive configures.</summary>
    IClientAppsClient Clients { get; }

    /// <summary>ToolHive's secret store.</summary>
    ISecretsClient Secrets { get; }

    /// <summary>Skills.</summary>
    ISkillsClient Skills { get; }

    /// <summary>Plugins.</summary>
    IPluginsClient Plugins { get; }
}
