using Coder.Client;
using Coder.Client.Tools;
using Hosting;
using Hosting.Telemetry;

namespace Fleet.Server;

/// <summary>The fleet server: the tools of Coder.Client behind the shared host, set up by the environment.</summary>
public static class FleetHost
{
    /// <summary>Runs until stopped; a fault of the settings is one sentence on standard error and exit code 2.</summary>
    public static async Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(args);
        FleetSettings settings;
        string[] rest;
        try
        {
            IReadOnlyDictionary<string, string> variables = FleetEnvironment.ReadFile(args, out rest);
            settings = FleetSettings.Read(FleetEnvironment.Read(), rest.Contains("--stdio"), variables);
        }
        catch (McpHostConfigurationException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 2;
        }

        if (settings.TokenFile is { } file)
        {
            await Console.Error.WriteLineAsync($"The bearer token of this server is in {file}.");
        }

        return await McpHost.RunAsync(HostOptions(settings), rest, builder => Configure(builder, settings), Map, cancellationToken);
    }

    /// <summary>The same host, built but not started.</summary>
    public static IHost Build(FleetSettings settings, string[] args, Action<IHostApplicationBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return McpHost.Build(HostOptions(settings), args, builder =>
        {
            Configure(builder, settings);
            configure?.Invoke(builder);
        }, Map);
    }

    private static void Map(WebApplication app) => app.MapPrometheusMetrics("/metrics");

    private static McpHostOptions HostOptions(FleetSettings settings) => new()
    {
        Name = "fleet-mcp",
        Version = typeof(FleetTools).Assembly.GetName().Version?.ToString(3) ?? "0.1.0",
        Instructions = "Manages coding agents that run in Coder workspaces. list_agents shows them; create_agent makes one with its first task.",
        Urls = [.. settings.Urls],
        BearerToken = settings.BearerToken,
        TelemetrySources = { CoderTelemetry.SourceName },
    };

    private static void Configure(IHostApplicationBuilder builder, FleetSettings settings)
    {
        builder.Logging.SetMinimumLevel(settings.LogLevel);
        builder.Services.AddCoderClient(settings.Apply);
        builder.Services.AddFleetTools(settings.Apply);
        builder.Services.AddHealthChecks().AddCheck<CoderHealthCheck>("coder", tags: ["ready"]);
        builder.Services.AddMcpServer();
    }
}
