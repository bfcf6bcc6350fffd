using McpOptimizer.Server.Cli;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace McpOptimizer.Server.Configuration;

/// <summary>Puts settings and packages together, the same for <c>serve</c> and for the other commands.</summary>
internal static class OptimizerComposition
{
    public static void Configure(IHostApplicationBuilder builder, CommonSettings common, EnvironmentSettings environment, OptimizerSources sources, bool polling)
    {
        SQLitePCL.Batteries_V2.Init();

        // Later sources are stronger: settings file, then the environment, then flags.
        builder.Configuration.AddInMemoryCollection(environment.Values);
        builder.Configuration.AddInMemoryCollection(Flags(common));
        builder.Services.AddMcpOptimizer(configuration: builder.Configuration.GetSection("McpOptimizer"));
        if (sources.ServersFile is not null)
        {
            builder.Services.AddServersFileSource(sources.ServersFile);
        }

        if (sources.ToolHive)
        {
            builder.Services.AddToolHiveSources(options =>
            {
                builder.Configuration.GetSection("ToolHive").Bind(options);
                options.ReadEnvironment();
            });
        }

        if (sources.Registry is not null)
        {
            builder.Services.AddRegistryDocumentSource(sources.Registry);
        }

        if (!common.Verbose)
        {
            // The SDK warns when a server does not know the newest protocol version, which is no news for whoever runs this.
            builder.Logging.AddFilter("ModelContextProtocol.Client", LogLevel.Error);
        }

        if (!polling)
        {
            builder.Services.RemoveAll<IHostedService>();
        }
    }

    private static Dictionary<string, string?> Flags(CommonSettings common)
    {
        Dictionary<string, string?> flags = [];
        if (common.Database is not null)
        {
            flags["McpOptimizer:Store:DatabasePath"] = common.Database;
        }

        if (common.Verbose)
        {
            flags["Logging:LogLevel:Default"] = "Debug";
        }

        return flags;
    }
}
