using System.Globalization;
using System.Text.Json;
using Hosting;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Tokens;
using McpOptimizer.Server.Configuration;
using McpOptimizer.Server.Status;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Server.Cli;

/// <summary>What a person at a terminal sees when the server has started: where it is, what is behind it, what that saves, what to do next.</summary>
internal sealed class StartScreen(
    OptimizerSources sources,
    McpHostOptions host,
    IServer server,
    IngestionStatus ingestion,
    ServerStatusReader status,
    IOptions<McpServerOptions> mcp,
    ITokenCounter counter,
    IEnumerable<EndpointDataSource> routes,
    IHostApplicationLifetime lifetime) : IHostedLifecycleService
{
    // Servers that are downloaded at their first start take longer; the screen does not.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public Task StartedAsync(CancellationToken cancellationToken)
    {
        _ = ShowAsync(lifetime.ApplicationStopping);
        return Task.CompletedTask;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task ShowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Waiting.ForAsync("Starting the servers", async () =>
            {
                await ingestion.WaitForFirstIngestionAsync(cancellationToken).WaitAsync(Patience, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return 0;
            });
            cancellationToken.ThrowIfCancellationRequested();
            await Answer.WriteAsync(Text(await status.ReadAsync(cancellationToken), await NextAsync(cancellationToken)));
        }
        catch (OperationCanceledException)
        {
            // Stopped before there was something to say.
        }
    }

    private string Text(ServerList list, string next)
    {
        string address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        int ready = list.Servers.Count(row => row.State == "ready");
        int tools = list.Servers.Sum(row => row.Tools);
        long tokens = list.Servers.Sum(row => row.Tokens);
        long own = mcp.Value.ToolCollection?.Sum(tool => (long)counter.Count(JsonSerializer.SerializeToUtf8Bytes(tool.ProtocolTool, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(Tool))))) ?? 0;
        List<string> lines =
        [
            $"{OwnProgram.ToolName} {OwnProgram.Version}",
            "",
            $"  MCP clients   {address}{host.McpPath}",
        ];
        if (routes.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().Any(route => route.RoutePattern.RawText is "/" or ""))
        {
            lines.Add($"  Page          {address}/");
        }

        lines.Add(string.Create(CultureInfo.InvariantCulture, $"  Servers       {list.Servers.Count}{(ready == list.Servers.Count ? "" : $", {ready} ready")}"));
        lines.AddRange(list.NotReady.Select(row => $"                ! {row.Name} {(row.State == "starting" ? "is still starting" : row.Error?.ReplaceLineEndings(" ") ?? "does not answer")}"));
        lines.AddRange(list.Problems.Select(problem => $"                ! {problem.ReplaceLineEndings(" ")}"));
        lines.Add(string.Create(CultureInfo.InvariantCulture, $"  Tools         {tools:N0}, {tokens:N0} tokens of definitions"));
        if (tokens > own)
        {
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"  Saved         {tokens - own:N0} tokens in each conversation: a client loads {own:N0} for find_tool and its like"));
        }

        lines.Add("");
        lines.Add(next);
        lines.Add("  Ctrl+C stops it.");
        return string.Join('\n', lines);
    }

    private async Task<string> NextAsync(CancellationToken cancellationToken)
    {
        string connect = $"  Next: {OwnProgram.Shown} connect claude-code   (or {string.Join(", ", Clients.ClientApps.All.Select(app => app.Name).Where(name => name != "claude-code"))})";
        return sources.BuiltIn
            ? $"  Nothing is configured yet: these servers come with the program.\n  {await NothingConfigured.ImportSentenceAsync(cancellationToken)}\n{connect}"
            : connect;
    }
}
