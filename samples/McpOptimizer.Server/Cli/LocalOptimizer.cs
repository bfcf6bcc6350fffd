using Hosting.Logging;
using McpOptimizer.Core;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Ingestion;
using McpOptimizer.Server.Configuration;
using McpOptimizer.Server.Running;
using McpOptimizer.Server.Status;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Server.Cli;

/// <summary>What a command runs on: an optimizer that serves already, or one inside the command with the same settings and store, one look at the servers and no endpoint.</summary>
internal static class LocalOptimizer
{
    private const int MostNamed = 5;

    /// <summary>Lets the optimizer that runs for this database answer; when none does, says so and looks itself.</summary>
    /// <param name="common">The flags.</param>
    /// <param name="look">What to look at.</param>
    /// <param name="remote">Asks the one that runs.</param>
    /// <param name="local">Answers here.</param>
    /// <param name="cancellationToken">Ends the command.</param>
    public static Task<int> AnswerAsync(
        CommonSettings common,
        LocalLook look,
        Func<RunningOptimizer, CancellationToken, Task<int>> remote,
        Func<IServiceProvider, IngestionReport, CancellationToken, Task<int>> local,
        CancellationToken cancellationToken) => CliFaults.GuardAsync(common.Json, async () =>
        {
            if (!look.Stored)
            {
                string? why = null;
                using RunningOptimizer? running = await RunningOptimizer.FindAsync(common, sentence => why = sentence, cancellationToken);
                if (running is not null)
                {
                    return await remote(running, cancellationToken);
                }

                await Answer.NoteAsync(why!);
            }

            return await LookAsync(common, look, local, cancellationToken);
        });

    /// <summary>Looks at registry and servers (unless only at what is stored), then runs the command.</summary>
    public static Task<int> RunAsync(CommonSettings common, LocalLook look, Func<IServiceProvider, IngestionReport, CancellationToken, Task<int>> command, CancellationToken cancellationToken) =>
        CliFaults.GuardAsync(common.Json, () => LookAsync(common, look, command, cancellationToken));

    private static async Task<int> LookAsync(
        CommonSettings common, LocalLook look, Func<IServiceProvider, IngestionReport, CancellationToken, Task<int>> command, CancellationToken cancellationToken)
    {
        EnvironmentSettings environment = EnvironmentSettings.Read(Environment.GetEnvironmentVariable);
        OptimizerSources sources = await OptimizerSources.ChooseAsync(common, environment, cancellationToken);
        if (sources.BuiltIn && !look.Stored && look.Server is null)
        {
            await Answer.NoteAsync(await NothingConfigured.SentenceAsync(cancellationToken));
        }

        HostApplicationBuilder builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders().AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace).AddFilter("Microsoft", LogLevel.Warning);
        LineLogs.AddTo(builder.Logging);
        WeakSettings.Add(builder, "Logging:LogLevel:Default", nameof(LogLevel.Warning));
        VisibleLogs.AddTo(builder.Services);
        ServerLogs.AddTo(builder);
        OptimizerComposition.Configure(builder, common, environment, sources, polling: false);
        builder.Services.AddSingleton<ServerStatusReader>();
        builder.Services.Configure<McpOptimizerOptions>(options => options.Store.ReadOnly |= look.ReadOnly);
        if (common.LogLevel is null)
        {
            // The commands name what did not work in their answer.
            builder.Logging.AddFilter("McpOptimizer.Core.Services.Ingestion", LogLevel.Error);
        }

        if (look.Server is not null)
        {
            OneServerSource.Narrow(builder.Services, look.Server);
        }

        using IHost host = builder.Build();

        // Started for its validation and orderly end; nothing polls.
        await host.StartAsync(cancellationToken);
        try
        {
            IIngestionService ingestion = host.Services.GetRequiredService<IIngestionService>();
            await ingestion.LoadAsync(cancellationToken);
            if (look.Before is not null)
            {
                await look.Before(host.Services, cancellationToken);
            }

            IngestionReport report = new();
            if (!look.Stored)
            {
                report = await Waiting.ForAsync(look.Server is null ? "Asking the servers" : $"Starting {VisibleText.Shorten(look.Server)}", async () =>
                {
                    IngestionReport registry = look.Server is null ? await ingestion.IngestRegistryAsync(cancellationToken) : new IngestionReport();
                    return registry.Add(await LookAsync(host.Services, ingestion, cancellationToken));
                });
            }

            return await command(host.Services, report, cancellationToken);
        }
        finally
        {
            await host.StopAsync(CancellationToken.None);
        }
    }

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
        string names = string.Join(", ", status.Starting.Take(MostNamed)) + (status.Starting.Count > MostNamed ? ", …" : "");
        await Answer.NoteAsync($"Waiting for {status.Starting.Count} servers that are still starting, at most {backends.ConnectTimeout.TotalSeconds:0} s: {VisibleText.Escape(names)}");
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
