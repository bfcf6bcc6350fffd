using System.CommandLine;
using Coder.Client;
using Coder.Client.Tools;
using Hosting;
using Hosting.Cli;
using Hosting.Telemetry;

namespace Fleet.Server;

/// <summary>The fleet server: the tools of Coder.Client behind the shared host, set up by the environment.</summary>
public static class FleetHost
{
    private const string Variables = """
        Environment: CODER_URL and CODER_SESSION_TOKEN (required), FLEET_MCP_URLS, FLEET_MCP_AUTH_ENABLED, LOG_LEVEL, and what .env.example names.
        The process's environment wins over the file of --env-file.
        """;

    /// <summary>Runs until stopped; a fault of the command line or of the settings is one sentence on standard error and exit code 2.</summary>
    public static Task<int> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        Option<string?> file = new(FleetEnvironment.Option) { Description = "A file with NAME=value lines.", HelpName = "FILE" };
        HostCommandLine commandLine = new("Manages coding agents that run in Coder workspaces, as an MCP server over HTTP (/mcp) or stdio.", Variables);
        commandLine.Root.Add(file);
        return commandLine.RunAsync(args, (parsed, settings, token) => ServeAsync(parsed.GetValue(file), settings, token), cancellationToken);
    }

    private static async Task<int> ServeAsync(string? file, string[] args, CancellationToken cancellationToken)
    {
        FleetSettings settings;
        try
        {
            settings = FleetSettings.Read(FleetEnvironment.Read(), args.Contains("--stdio"), FleetEnvironment.ReadFile(file));
        }
        catch (McpHostConfigurationException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return CommandLines.BadInput;
        }

        if (settings.TokenFile is { } tokenFile)
        {
            await Console.Error.WriteLineAsync($"The bearer token of this server is in {tokenFile}.");
        }

        return await McpHost.RunAsync(HostOptions(settings), args, builder => Configure(builder, settings), Map, cancellationToken);
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
