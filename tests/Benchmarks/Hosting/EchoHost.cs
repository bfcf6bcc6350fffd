using Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace Benchmarks.Hosting;

/// <summary>The server side, in a process of its own.</summary>
internal static class EchoHost
{
    public const string Text = "hello from the load generator";
    public const string CeilingPath = "/ceiling";

    public static Task<int> RunAsync(CancellationToken cancellationToken)
    {
        McpHostOptions options = new() { Name = "echo", Urls = ["http://127.0.0.1:0"], MaxSessions = 100_000 };
        McpServerTool echo = McpServerTool.Create((string text) => text, new() { Name = "echo", Description = "Returns the text.", ReadOnly = true });
        return McpHost.RunAsync(
            options,
            [],
            builder => builder.Services.AddMcpServer().WithTools([echo]),
            app => app.MapPost(CeilingPath, (RequestDelegate)AnswerAsync),
            cancellationToken);
    }

    /// <summary>What the framework can do at best: read JSON, write JSON.</summary>
    private static async Task AnswerAsync(HttpContext context)
    {
        object? body = await context.Request.ReadFromJsonAsync<System.Text.Json.Nodes.JsonNode>(context.RequestAborted);
        await context.Response.WriteAsJsonAsync(body, context.RequestAborted);
    }
}
