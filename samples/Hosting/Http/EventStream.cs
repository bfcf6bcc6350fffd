using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Hosting.Http;

/// <summary>What every event stream response has in common.</summary>
internal static class EventStream
{
    /// <summary>A comment, which clients skip. No empty line: that would end an event.</summary>
    private static readonly byte[] Comment = ":\n"u8.ToArray();

    public static void Begin(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache,no-store";
        response.Headers["X-Accel-Buffering"] = "no";
        response.HttpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    public static async Task BeatAsync(HttpResponse response)
    {
        await response.Body.WriteAsync(Comment, response.HttpContext.RequestAborted);
        await response.Body.FlushAsync(response.HttpContext.RequestAborted);
    }
}
