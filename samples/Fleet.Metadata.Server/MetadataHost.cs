using Hosting;
using Hosting.Cli;
using Hosting.Telemetry;

namespace Fleet.Metadata.Server;

/// <summary>The server: metadata over plain HTTP, and the same as an MCP tool over HTTP or stdio.</summary>
internal static class MetadataHost
{
    private const string Instructions =
        "Ask get_metadata which branch, commit, pull request and task this workspace is on. The answer is collected anew each time.";

    public static Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        MetadataArguments arguments = new();
        HostCommandLine commandLine = new("Serves what a workspace is doing, at http://127.0.0.1:8000: /metadata, /health, /ready, /metrics, /openapi.json, and MCP on /mcp or stdio.");
        arguments.AddTo(commandLine.Root);
        commandLine.Root.Add(TaskCommand.Create());
        return commandLine.RunAsync(
            args, (parsed, settings, token) => McpHost.RunAsync(Options(), [.. settings, .. arguments.Settings(parsed)], Configure, Map, token), cancellationToken);
    }

    public static IHost Build(McpHostOptions options, string[] args, Action<IHostApplicationBuilder>? configure = null) =>
        McpHost.Build(
            options,
            args,
            builder =>
            {
                Configure(builder);
                configure?.Invoke(builder);
            },
            Map);

    /// <summary>The port is the contract's; the address is loopback, where no token is needed.</summary>
    public static McpHostOptions Options() => new()
    {
        Name = "fleet-metadata",
        Version = "0.1.0",
        Instructions = Instructions,
        Urls = ["http://127.0.0.1:8000"],
        TelemetrySources = { FleetMetadataTelemetry.SourceName },
    };

    private static void Configure(IHostApplicationBuilder builder)
    {
        builder.Logging.AddFilter("System.Net.Http.HttpClient", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        // A probe's answer holds the reason, and the collectors log it once: not again at each probe.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
        builder.Services.AddFleetMetadata(builder.Configuration.GetSection(FleetMetadataOptions.SectionName));
        builder.Services.AddHealthChecks().AddCheck<WorkspaceCheck>("workspace", tags: ["ready"]);
        builder.Services.AddFleetMetadataTools();
        builder.Services.AddMcpServer();
    }

    private static void Map(WebApplication app)
    {
        app.Use(FailureResponse.InvokeAsync);
        MetadataEndpoints.Map(app);
        OpenApiDocument.Map(app);
        app.MapPrometheusMetrics("/metrics");
    }
}
