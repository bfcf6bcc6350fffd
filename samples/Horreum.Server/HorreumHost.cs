using Horreum.Client;
using Horreum.Client.Tools;
using Horreum.Server.Configuration;
using Horreum.Server.Http;
using Horreum.Server.Operations;
using Horreum.Server.Query;
using Hosting;
using Hosting.Cli;
using Microsoft.AspNetCore.Cors.Infrastructure;
using OpenTelemetry.Exporter;

namespace Horreum.Server;

/// <summary>Composes the server: settings from the environment, the package's tools over MCP, and the same tools over plain HTTP.</summary>
public static class HorreumHost
{
    private const string Variables = """
        Environment: HORREUM_BASE_URL (required), HORREUM_TOKEN, HORREUM_TIMEOUT, HORREUM_RATE_LIMIT, HORREUM_TLS_VERIFY, HORREUM_TLS_CA_FILE,
        HORREUM_CONTRACT_NAMING, HORREUM_ENABLE_WRITES, HORREUM_STRICT_TIMES, HTTP_MODE_ENABLED, HTTP_HOST, HTTP_PORT, HTTP_AUTH_TOKEN, CORS_ORIGINS, MAX_SESSIONS,
        SESSION_TIMEOUT, METRICS_ENABLED, METRICS_HOST, METRICS_PORT, METRICS_PATH, TRACING_ENABLED, OTEL_EXPORTER_OTLP_ENDPOINT, LOG_LEVEL, LOG_FORMAT.
        For POST /api/query: LLM_PROVIDER, LLM_API_KEY, LLM_MODEL, LLM_BASE_URL, LLM_AZURE_ENDPOINT, LLM_AZURE_DEPLOYMENT, LLM_GEMINI_ENDPOINT,
        LLM_GEMINI_PROJECT, LLM_TIMEOUT, LLM_QUERY_TIMEOUT, LLM_MAX_ROUNDS, LLM_MAX_RESULT_BYTES.
        """;

    private const string Instructions =
        "Performance results kept in Horreum. A test has runs, a run has datasets, a dataset has label values (the measured numbers). " +
        "Find the test with list_tests, its runs with list_runs, and numbers with get_test_label_values or get_run_label_values. " +
        "Lists come in pages: pass nextPageToken back as pageToken.";

    /// <summary>Runs until stopped. A fault of the command line or of the settings is one message on standard error.</summary>
    public static Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        ServerArguments arguments = new();
        HostCommandLine commandLine = new("Horreum as an MCP server over stdio, or over HTTP at /mcp and /api/tools/horreum_*.", Variables);
        arguments.AddTo(commandLine.Root);
        return commandLine.RunAsync(args, (parsed, rest, token) => ServeAsync(arguments.Over(parsed, Environment.GetEnvironmentVariable), rest, token), cancellationToken);
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

    private static async Task<int> ServeAsync(Func<string, string?> environment, string[] args, CancellationToken cancellationToken)
    {
        ServerSettings settings;
        try
        {
            settings = ServerSettings.Read(environment);
        }
        catch (SettingsException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return CommandLines.BadInput;
        }

        return await McpHost.RunAsync(settings.Host, args, builder => Configure(builder, settings), app => Map(app, settings), cancellationToken);
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
            builder.Services.PostConfigure<CorsOptions>(cors => cors.GetPolicy(cors.DefaultPolicyName)!.ExposedHeaders.Add(RequestContextFilter.CorrelationHeader));
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
