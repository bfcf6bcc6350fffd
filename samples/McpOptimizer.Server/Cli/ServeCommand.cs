using Hosting;
using Hosting.Health;
using Hosting.Logging;
using Hosting.Telemetry;
using McpOptimizer.Core;
using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Server.Api;
using McpOptimizer.Server.Configuration;
using McpOptimizer.Server.Page;
using McpOptimizer.Server.Running;
using McpOptimizer.Server.Status;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using ToolHive.Client;

namespace McpOptimizer.Server.Cli;

/// <summary><c>serve</c>: the MCP server over HTTP or stdio.</summary>
internal static class ServeCommand
{
    // Three pipes of a program, with what starting it takes; a server over HTTP has fewer connections.
    private const int FilesOfABackend = 6;

    public static Task<int> RunAsync(CommonSettings common, ServeSettings serving, CancellationToken cancellationToken) => CliFaults.GuardAsync(json: false, async () =>
    {
        EnvironmentSettings environment = EnvironmentSettings.Read(Environment.GetEnvironmentVariable);

        // Reading a file may hold on for ever, on a pipe or a lost network folder, and hear no signal.
        OptimizerSources sources = await Task.Run(() => OptimizerSources.ChooseAsync(common, environment, cancellationToken), CancellationToken.None).WaitAsync(cancellationToken);
        string database = OptimizerComposition.DatabasePath(common, environment);

        // Over standard streams nobody looks for it.
        string key = serving.Stdio ? "" : RunningProof.New();
        McpHostOptions host = new()
        {
            Name = "mcp-optimizer",
            Version = OwnProgram.Version,
            Instructions = "Call find_tool with what you need; it returns matching tools of all connected servers. Run one with call_tool.",
            Urls = [$"http://127.0.0.1:{environment.Port ?? 9900}"],
            LocalSecretFile = database + ".secret",
            TelemetrySources = { McpOptimizerTelemetry.SourceName, ToolHiveTelemetry.SourceName },
            AcceptProfiles = true,
            IsProfileKnown = (services, name) => services.GetRequiredService<IVisibilityService>().IsProfile(name),
        };
        List<string> flags = [];
        if (serving.Stdio)
        {
            flags.Add("--stdio");
        }

        if (serving.Urls is not null)
        {
            flags.AddRange(["--urls", serving.Urls]);
        }

        return await McpHost.RunAsync(
            host,
            [.. flags],
            builder => Configure(builder, host, common, environment, sources, database, key),
            map: app =>
            {
                OptimizerApi.Map(app);
                OptimizerPage.Map(app);
                StatusApi.Map(app);
                RunningProof.Map(app, key);
                app.MapPrometheusMetrics("/metrics");
            },
            cancellationToken);
    });

    /// <summary>Registers all that the server consists of.</summary>
    internal static void Configure(
        IHostApplicationBuilder builder, McpHostOptions host, CommonSettings common, EnvironmentSettings environment, OptimizerSources sources, string database, string key)
    {
        OptimizerComposition.Configure(builder, common, environment, sources, polling: true);
        AddConsole(builder, host, sources, database, key);
        builder.Services.PostConfigure<McpOptimizerOptions>(options =>
        {
            options.DefaultProfile ??= host.DefaultProfile;
            options.Backends.MaxSessions = OpenFiles.Share(options.Backends.MaxSessions, FilesOfABackend);
        });
        builder.Services.AddSingleton<IValidateOptions<McpOptimizerOptions>, ProfileSubjects>();
        builder.Services.AddSingleton<ICallerAccessor, HostCallerAccessor>();
        builder.Services.AddMcpOptimizerTools();
        OptimizerApi.AddTo(builder.Services);
        OptimizerComposition.OfferToolHiveTools(builder, sources);
        builder.Services.AddHealthChecks()
            .AddCheck<StoreReadiness>("store", tags: ["ready"])
            .AddCheck<SourceReadiness>("sources", tags: ["ready"])
            .AddCheck<AuditReadiness>("audit", tags: ["ready"]);

        // Over standard streams there is no endpoint that brings it.
        builder.Services.TryAddSingleton<ReadinessHistory>();
        builder.Services.AddSingleton<IHealthCheckPublisher>(services => services.GetRequiredService<ReadinessHistory>());
    }

    // What a person sees, and what other commands of his find.
    private static void AddConsole(IHostApplicationBuilder builder, McpHostOptions host, OptimizerSources sources, string database, string key)
    {
        builder.Services.AddSingleton(sources);
        builder.Services.AddSingleton<ServerStatusReader>();
        ServerLogs.AddTo(builder);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        if (!host.Stdio)
        {
            builder.Services.AddHostedService(services => ActivatorUtilities.CreateInstance<RunningService>(services, RunningMark.PathOf(database), key));
        }

        if (!host.Stdio && !Console.IsOutputRedirected && !Console.IsErrorRedirected)
        {
            WeakSettings.Add(builder, "Logging:LogLevel:Default", nameof(LogLevel.Warning));
            LineLogs.AddTo(builder.Logging);
            builder.Services.AddHostedService<StartScreen>();
        }
        else if (sources.BuiltIn)
        {
            builder.Services.AddHostedService<FirstRunHint>();
        }
    }
}
