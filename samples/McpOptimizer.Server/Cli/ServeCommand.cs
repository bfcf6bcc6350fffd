using Hosting;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Server.Api;
using McpOptimizer.Server.Configuration;
using McpOptimizer.Server.Trust;

namespace McpOptimizer.Server.Cli;

/// <summary><c>serve</c>: the MCP server over HTTP or stdio.</summary>
internal static class ServeCommand
{
    public static Task<int> RunAsync(CommonSettings common, ServeSettings serving, CancellationToken cancellationToken) => CliFaults.GuardAsync(async () =>
    {
        EnvironmentSettings environment = EnvironmentSettings.Read(Environment.GetEnvironmentVariable);
        OptimizerSources sources = await OptimizerSources.ChooseAsync(common, environment, cancellationToken);
        McpHostOptions host = new()
        {
            Name = "mcp-optimizer",
            Instructions = "Call find_tool with what you need; it returns matching tools of all connected servers. Run one with call_tool.",
            Urls = [$"http://127.0.0.1:{environment.Port ?? 9900}"],
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
            builder =>
            {
                OptimizerComposition.Configure(builder, common, environment, sources, polling: true);
                builder.Services.AddSingleton<ICallerAccessor, HostCallerAccessor>();
                builder.Services.AddMcpOptimizerTools();
                OptimizerComposition.OfferToolHiveTools(builder, sources);
                builder.Services.AddHealthChecks().AddCheck<OptimizerReadiness>("optimizer", tags: ["ready"]);
            },
            map: app =>
            {
                TrustApi.Map(app);
                ExplainApi.Map(app);
                DoctorApi.Map(app);
            },
            cancellationToken);
    });
}
