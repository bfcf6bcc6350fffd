using Hosting;
using Hosting.Telemetry;

namespace Fleet.Metadata.Server;

/// <summary>The server: metadata over plain HTTP, and the same as an MCP tool over HTTP or stdio.</summary>
internal static class MetadataHost
{
    private const string Instructions =
        "Ask get_metadata which branch, commit, pull request and task this workspace is on. The answer is collected anew each time.";

    private const int BadCommandLine = 2;

    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        if (args is ["--help" or "-h" or "-?", ..])
        {
            await Console.Out.WriteLineAsync(CommandLine.Help);
            return 0;
        }

        if (CommandLine.FindFault(args) is { } fault)
        {
            await Console.Error.WriteLineAsync(fault);
            return BadCommandLine;
        }

        return await McpHost.RunAsync(Options(), CommandLine.Expand(args), Configure, Map, cancellationToken);
    }

    public static IHost Build(McpHostOptions options, string[] args, Action<IHostApplicationBuilder>? configure = null) =>
        McpHost.Build(
            options,
            CommandLine.Expand(args),
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
