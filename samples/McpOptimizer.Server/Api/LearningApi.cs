using System.Text.Json;
using McpOptimizer.Core;
using McpOptimizer.Core.Models.Learning;
using McpOptimizer.Core.Services.Learning;
using McpOptimizer.Server.Cli;

namespace McpOptimizer.Server.Api;

/// <summary>
/// <c>GET /api/learning</c>: how much is remembered of how tools are used. <c>POST /api/forget</c> with <c>{"profile", "subject", "server", "tool", "before"}</c>
/// or <c>{"all": true}</c>: deletes of it what fits. For administrators.
/// </summary>
internal static class LearningApi
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet("/api/learning", (RequestDelegate)ListAsync);
        app.MapPost("/api/forget", (RequestDelegate)ForgetAsync);
    }

    private static Task ListAsync(HttpContext context) => GuardAsync(context, async learning =>
        await WriteAsync(context, new LearningBody(await learning.ListAsync(context.RequestAborted))));

    private static Task ForgetAsync(HttpContext context) => GuardAsync(context, async learning =>
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new ArgumentException("The body must be application/json.");
        }

        ForgetBody? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync(context.Request.Body, LearningJson.Default.ForgetBody, context.RequestAborted);
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The body is not the JSON that is expected (members profile, subject, server, tool, before, all): {e.Message}");
        }

        ForgetRequest request = ForgetRequests.Of(body?.Profile, body?.Subject, body?.Server, body?.Tool, body?.Before, body?.All ?? false);
        int forgotten = await learning.ForgetAsync(request, context.RequestAborted);
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync($"{{\"forgotten\":{forgotten}}}", context.RequestAborted);
    });

    private static async Task GuardAsync(HttpContext context, Func<ILearningService, Task> handle)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            await handle(context.RequestServices.GetRequiredService<ILearningService>());
        }
        catch (ArgumentException e)
        {
            await ApiCaller.RefuseAsync(context, StatusCodes.Status400BadRequest, CliFaults.Sentence(e));
        }
        catch (OptimizerStoreException e)
        {
            await ApiCaller.RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, e.Message);
        }
    }

    private static Task WriteAsync(HttpContext context, LearningBody body) =>
        context.Response.WriteAsJsonAsync(body, LearningJson.Default.LearningBody, cancellationToken: context.RequestAborted);
}
