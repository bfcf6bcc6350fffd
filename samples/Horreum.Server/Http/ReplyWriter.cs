using System.Globalization;
using System.Text.Json;
using Horreum.Client.Models;
using Horreum.Client.Tools;
using Horreum.Server.Operations;

namespace Horreum.Server.Http;

/// <summary>Writes replies: values straight into the response, streams as they arrive.</summary>
internal static class ReplyWriter
{
    private const string JsonType = "application/json; charset=utf-8";

    public static async Task WriteAsync(HttpContext context, HorreumToolRunner runner, ToolReply reply)
    {
        if (reply.IsStreamed)
        {
            await CopyAsync(context, runner, reply);
            return;
        }

        Begin(context.Response, reply);
        reply.WriteTo(context.Response.BodyWriter);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }

    public static async Task RefuseAsync(HttpContext context, HorreumToolRunner runner, int status, string message)
    {
        await using ToolReply reply = runner.Refuse(status, message);
        await WriteAsync(context, runner, reply);
    }

    private static async Task CopyAsync(HttpContext context, HorreumToolRunner runner, ToolReply reply)
    {
        HttpResponse response = context.Response;
        await using DelayedBody body = new(response, () => Begin(response, reply));
        try
        {
            await reply.CopyToAsync(body, context.RequestAborted);
            await body.CompleteAsync(context.RequestAborted);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException && !context.RequestAborted.IsCancellationRequested)
        {
            if (body.HasBegun)
            {
                // The status is sent: only a broken connection tells the caller that the content is not complete.
                ServerLog.BrokeOff(
                    context.RequestServices.GetRequiredService<ILogger<ToolReply>>(), context.Request.Path, e.GetType().Name, CorrelationId.Current ?? "");
                context.Abort();
                return;
            }

            await using ToolReply refusal = e is JsonException
                ? runner.Refuse(StatusCodes.Status502BadGateway, "Horreum answered with something that is not JSON.")
                : runner.Refuse(e);
            await WriteAsync(context, runner, refusal);
        }
    }

    private static void Begin(HttpResponse response, ToolReply reply)
    {
        response.StatusCode = reply.Status;
        response.ContentType = JsonType;
        if (reply.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
    }
}
