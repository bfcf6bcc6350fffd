using Horreum.Client;
using Horreum.Client.Tools;
using Horreum.Server.Configuration;
using Horreum.Server.Http;
using Horreum.Server.Operations;
using Horreum.Server.Query;
using Hosting;
using OpenTelemetry.Exporter;

namespace Horreum.Server;

/// <summary>Composes the server: settings from the environment, the package's tools over MCP, and the same tools over plain HTTP.</summary>
public static class HorreumHost
{
    private const int FaultyConfiguration = 2;

    private const string Instructions =
        "Performance results kept in Horreum. A test has runs, a run has datasets, a dataset has label values (the measured numbers). " +
        "Find the test with list_tests, its runs with list_runs, and numbers with get_test_label_values or get_run_label_values. " +
        "Lists come in pages: pass nextPageToken back as pageToken.";

    /// <summary>Runs until stopped. A fault of the settings is one message on standard error.</summary>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        try
        {
            ServerArguments arguments = ServerArguments.Parse(args);
            if (arguments.Text is { } text)
            {
                await Console.Out.WriteLineAsync(text);
                return 0;
            }

            ServerSettings settings = ServerSettings.Read(arguments.Apply(Environment.GetEnvironmentVariable));
            return await McpHost.RunAsync(
                settings.Host, arguments.Rest, builder => Configure(builder, settings), app => Map(app, settings), cancellationToken);
        }
        catch (SettingsException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return FaultyConfiguration;
        }
    }

    /// <summary>The same, not started; for tests.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="configure">Registers further services.</param>
    public static IHost Build(ServerSettings settings, Action<IHostApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return McpHost.Build(
            settings.Host,
            [],
            builder =>
            {
                configure?.Invoke(builder);
                Configure(builder, settings);
            },
            app => Map(app, settings));
    }

    private static void Configure(IHostApplicationBuilder builder, ServerSettings settings)
    {
        settings.Host.Name = "horreum-mcp";
        settings.Host.Instructions = Instructions;
        settings.Host.TelemetrySources.Add(HorreumTelemetry.SourceName);
        settings.Host.ChooseTelemetry(settings.Tracing, settings.MetricsPort is not null);
        ServerLogging.Configure(builder.Logging, settings);
        builder.Services.AddSingleton(settings);
        builder.Services.AddHorreumClient(settings.ApplyTo);
        builder.Services.AddHorreumTools(settings.ApplyTo);
        builder.Services.AddMcpServer().WithCallToolHandler(HorreumTools.CallByAliasAsync);
        if (!settings.Host.Stdio)
        {
            builder.Services.AddTransient<IStartupFilter, RequestContextFilter>();
            QueryEndpoint.AddTo(builder.Services, settings);
            builder.Services.AddResponseCompression(compression => compression.EnableForHttps = true);
            builder.Services.AddSingleton<ReadinessProbe>();
            builder.Services.AddHealthChecks().AddCheck<ReadinessProbe>("horreum", tags: ["ready"]);
        }

        if (settings.MetricsPort is not null)
        {
            builder.Services.AddHostedService<MetricsListener>();
        }

        if (settings.Tracing)
        {
            builder.Services.PostConfigureAll<OtlpExporterOptions>(OverHttp);
        }
    }

    // As the original: HTTP, unless the environment says gRPC.
    private static void OverHttp(OtlpExporterOptions otlp)
    {
        if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL")))
        {
            otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
        }
    }

    private static void Map(WebApplication app, ServerSettings settings)
    {
        app.UseResponseCompression();
        ToolEndpoints.Map(app);
        QueryEndpoint.Map(app, settings);
        if (settings.CredentialWarning is { } warning)
        {
            app.Lifetime.ApplicationStarted.Register(() => ServerLog.CredentialAtRisk(app.Logger, warning));
        }
    }
}
