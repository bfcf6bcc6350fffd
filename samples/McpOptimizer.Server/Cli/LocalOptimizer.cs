using Hosting.Logging;
using McpOptimizer.Core;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Ingestion;
using McpOptimizer.Server.Configuration;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Server.Cli;

/// <summary>The optimizer inside one command: same settings, same store, one look at the servers, no endpoint.</summary>
internal static class LocalOptimizer
{
    private const int MostNamed = 5;

    /// <summary>Looks at registry and servers (unless <paramref name="stored"/>), then runs the command. What is taken in is stored.</summary>
    public static Task<int> RunAsync(CommonSettings common, bool stored, Func<IServiceProvider, IngestionReport, CancellationToken, Task<int>> command, CancellationToken cancellationToken) =>
        RunAsync(common, stored, _ => { }, command, cancellationToken);

    /// <summary>The same for a command that only looks: the database is neither made nor changed, and what is taken in is forgotten at the end.</summary>
    public static Task<int> ReadAsync(CommonSettings common, bool stored, Func<IServiceProvider, IngestionReport, CancellationToken, Task<int>> command, CancellationToken cancellationToken) =>
        RunAsync(common, stored, options => options.Store.ReadOnly = true, command, cancellationToken);

    private static Task<int> RunAsync(
        CommonSettings common, bool stored, Action<McpOptimizerOptions> configure, Func<IServiceProvider, IngestionReport, CancellationToken, Task<int>> command, CancellationToken cancellationToken) =>
        CliFaults.GuardAsync(async () =>
        {
            EnvironmentSettings environment = EnvironmentSettings.Read(Environment.GetEnvironmentVariable);
            OptimizerSources sources = await OptimizerSources.ChooseAsync(common, environment, cancellationToken);
            HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
            builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).AddFilter("Microsoft", LogLevel.Warning);
            VisibleLogs.AddTo(builder.Services);
            OptimizerComposition.Configure(builder, common, environment, sources, polling: false);
            builder.Services.Configure(configure);
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
                    report = report.Add(await LookAsync(host.Services, ingestion, cancellationToken));
                }

                return await command(host.Services, report, cancellationToken);
            }
            finally
            {
                await host.StopAsync(CancellationToken.None);
            }
        });

    // A program that is downloaded at its first start takes longer than one question: it is waited for, as long as a connection may take.
    private static async Task<IngestionReport> LookAsync(IServiceProvider services, IIngestionService ingestion, CancellationToken cancellationToken)
    {
        IngestionReport report = await ingestion.IngestWorkloadsAsync(cancellationToken);
        IngestionStatus status = services.GetRequiredService<IngestionStatus>();
        if (status.Starting.Count == 0)
        {
            return report;
        }

        BackendSettings backends = services.GetRequiredService<IOptions<McpOptimizerOptions>>().Value.Backends;
        string names = VisibleText.Escape(string.Join(", ", status.Starting.Take(MostNamed)) + (status.Starting.Count > MostNamed ? ", …" : ""));
        await Console.Error.WriteLineAsync($"Waiting for {status.Starting.Count} servers that are still starting, at most {backends.ConnectTimeout.TotalSeconds:0} s: {names}");
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        enough.CancelAfter(backends.ConnectTimeout);
        using PeriodicTimer timer = new(TimeSpan.FromMilliseconds(100));
        while (status.Starting.Count > 0 && !enough.IsCancellationRequested)
        {
            await timer.WaitForNextTickAsync(CancellationToken.None);
        }

        cancellationToken.ThrowIfCancellationRequested();

        // What was taken in meanwhile is counted by no look; only what is still wrong is left to say.
        IngestionReport last = await ingestion.IngestWorkloadsAsync(cancellationToken);
        return last with { Changed = report.Changed + last.Changed, Deleted = report.Deleted + last.Deleted, Embedded = report.Embedded + last.Embedded };
    }
}
