using System.Buffers;
using System.Text.Json.Nodes;
using Horreum.Client.Tools;
using Horreum.Server.Query;

namespace Horreum.Server.Http;

/// <summary>The tools over plain HTTP: <c>POST /api/tools/horreum_list_runs</c> with a JSON object, answered with the same JSON as over MCP.</summary>
internal static class ToolEndpoints
{
    /// <summary>Marks a request that has passed the host's checks.</summary>
    public const string Reached = "horreum.reached";

    public static void Map(WebApplication app)
    {
        HorreumToolRunner runner = app.Services.GetRequiredService<HorreumToolRunner>();
        app.MapPost("/api/tools/{name}", context => CallAsync(context, runner));
        app.MapGet("/openapi.json", context => DescribeAsync(context, app.Services));
        app.Map("/api/{**path}", context => RefuseAsync(context, runner));
        app.MapFallback(context => RefuseAsync(context, runner));
    }

    private static async Task CallAsync(HttpContext context, HorreumToolRunner runner)
    {
        context.Items[Reached] = true;
        HttpRequest request = context.Request;
        string name = (string)request.RouteValues["name"]!;
        if (request.ContentType is { Length: > 0 } type && !request.HasJsonContentType())
        {
            await ReplyWriter.RefuseAsync(context, runner, StatusCodes.Status400BadRequest, $"The content type is '{type}': expected application/json.");
            return;
        }

        // A tool that does not exist answers as a path that does not exist.
        if (!runner.Knows(name))
        {
            await using ToolReply unknown = await runner.RunAsync(name, ReadOnlyMemory<byte>.Empty, context.RequestAborted);
            await ReplyWriter.WriteAsync(context, runner, unknown);
            return;
        }

        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(request.ContentLength ?? 4096, 1 << 20) + 1);
        try
        {
            (buffer, int length) = await ReadAsync(request.Body, buffer, context.RequestAborted);
            await using ToolReply reply = await runner.RunAsync(name, buffer.AsMemory(0, length), context.RequestAborted);
            await ReplyWriter.WriteAsync(context, runner, reply);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static async Task<(byte[] Buffer, int Length)> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        int length = 0;
        while (true)
        {
            int read = await body.ReadAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0)
            {
                return (buffer, length);
            }

            length += read;
            if (length == buffer.Length)
            {
                byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                buffer.AsSpan(0, length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }
        }
    }

    private static Task DescribeAsync(HttpContext context, IServiceProvider services)
    {
        context.Response.ContentType = "application/json; charset=utf-8";
        JsonObject description = HorreumTools.DescribeEndpoints(services);
        description["paths"]![QueryEndpoint.Path] = new JsonObject { ["post"] = QueryEndpoint.Describe() };
        return context.Response.WriteAsync(description.ToJsonString(), context.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext context, HorreumToolRunner runner)
    {
        context.Items[Reached] = true;
        HttpRequest request = context.Request;
        if ((request.Path.StartsWithSegments("/api/tools") || request.Path == QueryEndpoint.Path) && !HttpMethods.IsPost(request.Method))
        {
            context.Response.Headers.Allow = "POST";
            return ReplyWriter.RefuseAsync(context, runner, StatusCodes.Status405MethodNotAllowed, $"{request.Method} is not allowed here: use POST.");
        }

        return ReplyWriter.RefuseAsync(
            context, runner, StatusCodes.Status404NotFound, $"There is nothing at {request.Path}: the tools are at POST /api/tools/horreum_list_tests and its like.");
    }
}
