using McpOptimizer.Core.Repositories.Sources;
using McpOptimizer.Server.Cli;
using McpOptimizer.Server.Clients;
using ToolHive.Client;

namespace McpOptimizer.Server.Configuration;

/// <summary>Where servers and registry come from this time.</summary>
/// <param name="ServersFile">A servers file; null for none.</param>
/// <param name="BuiltIn">Whether the servers that come with this program are used, because nothing is configured.</param>
/// <param name="ToolHive">Whether ToolHive's API is asked.</param>
/// <param name="Kubernetes">Whether the ToolHive operator's resources are read instead.</param>
/// <param name="Registry">A registry document; null for ToolHive's, if it is asked.</param>
internal sealed record OptimizerSources(string? ServersFile, bool BuiltIn, bool ToolHive, bool Kubernetes, string? Registry)
{
    /// <summary>
    /// What was asked for; with nothing asked for, the file that <c>import</c> wrote and a ToolHive that runs here; failing both, what comes with the program.
    /// A file that cannot be read is a fault now and not at the first poll.
    /// </summary>
    public static async Task<OptimizerSources> ChooseAsync(CommonSettings common, EnvironmentSettings environment, CancellationToken cancellationToken)
    {
        bool toolHive = !environment.Kubernetes && (environment.NamesToolHive || (common.ServersFile is null && await IsToolHiveHereAsync(cancellationToken)));
        string own = ClientFolders.OfThisMachine().OwnServersFile;
        string? file = common.ServersFile ?? (environment.Kubernetes ? null : File.Exists(own) ? own : null);
        if (file is not null)
        {
            using ServersFileWorkloadSource source = new(file);
            await source.ListAsync(cancellationToken);
        }

        if (common.Registry is not null && !common.Registry.Contains("://", StringComparison.Ordinal) && !File.Exists(common.Registry))
        {
            throw new SettingException($"The registry file '{common.Registry}' does not exist.");
        }

        return new OptimizerSources(file, file is null && !toolHive && !environment.Kubernetes, toolHive, environment.Kubernetes, common.Registry);
    }

    private static async Task<bool> IsToolHiveHereAsync(CancellationToken cancellationToken)
    {
        ServiceCollection services = new();
        services.AddLogging();
        services.AddToolHiveClient(options =>
        {
            options.MaxAttempts = 1;
            options.ProbeTimeout = TimeSpan.FromMilliseconds(500);
        });
        await using ServiceProvider provider = services.BuildServiceProvider();
        try
        {
            await provider.GetRequiredService<IToolHiveClient>().System.GetVersionAsync(cancellationToken);
            return true;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
