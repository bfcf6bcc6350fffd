using Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Benchmarks.Hosting;

/// <summary>The server side, in a process of its own: an echo tool, or the least that can stand before one, a server of the SDK that hands each call to a client of the SDK.</summary>
internal static class EchoHost
{
    public const string Text = "hello from the load generator";
    public const string CeilingPath = "/ceiling";

    /// <param name="behind">Address or program of the server that the calls are handed to; null to answer them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<int> RunAsync(string? behind, CancellationToken cancellationToken)
    {
        McpHostOptions options = new() { Name = "echo", Urls = ["http://127.0.0.1:0"], MaxSessions = 100_000 };
        await using McpClient? backend = behind is null ? null : await McpClient.CreateAsync(TransportTo(behind), cancellationToken: cancellationToken);
        McpServerTool echo = McpServerTool.Create((string text) => text, new() { Name = "echo", Description = "Returns the text.", ReadOnly = true });
        return await McpHost.RunAsync(
            options,
            [],
            builder =>
            {
                IMcpServerBuilder server = builder.Services.AddMcpServer();
                _ = backend is null
                    ? server.WithTools([echo])
                    : server.WithCallToolHandler((request, token) => backend.CallToolAsync(new CallToolRequestParams { Name = request.Params!.Name, Arguments = request.Params.Arguments }, token));
            },
            app => app.MapPost(CeilingPath, (RequestDelegate)AnswerAsync),
            cancellationToken);
    }

    /// <summary>How a client reaches a server.</summary>
    public static IClientTransport TransportTo(string server) => Uri.TryCreate(server, UriKind.Absolute, out Uri? address) && address.Scheme == Uri.UriSchemeHttp
        ? new HttpClientTransport(new HttpClientTransportOptions { Endpoint = address, TransportMode = HttpTransportMode.StreamableHttp })
        : new StdioClientTransport(new StdioClientTransportOptions { Command = "dotnet", Arguments = [server] });

    /// <summary>What the framework can do at best: read JSON, write JSON.</summary>
    private static async Task AnswerAsync(HttpContext context)
    {
        object? body = await context.Request.ReadFromJsonAsync<System.Text.Json.Nodes.JsonNode>(context.RequestAborted);
        await context.Response.WriteAsJsonAsync(body, context.RequestAborted);
    }
}
