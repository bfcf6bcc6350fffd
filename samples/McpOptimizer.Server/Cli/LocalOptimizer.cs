using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Ingestion;
using McpOptimizer.Server.Configuration;

namespace McpOptimizer.Server.Cli;

/// <summary>The optimizer inside one command: same settings, same store, one look at the servers, no endpoint.</summary>
internal static class LocalOptimizer
{
    /// <summary>Looks at registry and servers (unless <paramref name="stored"/>), then runs the command.</summary>
    public static Task<int> RunAsync(CommonSettings common, bool stored, Func<IServiceProvider, IngestionReport, CancellationToken, Task<int>> command, CancellationToken cancellationToken) =>
        CliFaults.GuardAsync(async () =>
        {
            EnvironmentSettings environment = EnvironmentSettings.Read(Environment.GetEnvironmentVariable);
            OptimizerSources sources = await OptimizerSources.ChooseAsync(common, environment, cancellationToken);
            HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
            builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).AddFilter("Microsoft", LogLevel.Warning);
            OptimizerComposition.Configure(builder, common, environment, sources, polling: false);
            using IHost host = builder.Build();

            // Started for its validation and orderly end; nothing polls.
            await host.StartAsync(cancellationToken);
            try
            {
                IIngestionService ingestion = host.Services.GetRequiredService<IIngestionService>();
                await ingestion.LoadAsync(cancellationToken);
                IngestionReport report = new();
                if (!stored)
                {
                    report = report.Add(await ingestion.IngestRegistryAsync(cancellationToken));
                    report = report.Add(await ingestion.IngestWorkloadsAsync(cancellationToken));
                }

                return await command(host.Services, report, cancellationToken);
            }
            finally
            {
                await host.StopAsync(CancellationToken.None);
            }
        });
}
