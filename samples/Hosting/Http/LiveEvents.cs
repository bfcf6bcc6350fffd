using System.Text;
using Hosting.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hosting.Http;

/// <summary>
/// Server-sent events of a host's own routes. Such a stream takes one of <see cref="McpHostOptions.MaxListeners"/> places, shows that it is alive, and ends with its client,
/// with the caller's token and with the host.
/// </summary>
public static class LiveEvents
{
    /// <summary>Answers with events until somebody ends it; 503 when there is no place.</summary>
    /// <param name="context">The request.</param>
    /// <param name="events">Makes the events; its token ends with the stream.</param>
    public static async Task ServeAsync(HttpContext context, Func<CancellationToken, IAsyncEnumerable<LiveEvent>> events)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(events);
        McpHostOptions options = context.RequestServices.GetRequiredService<McpHostOptions>();
        TimeProvider time = context.RequestServices.GetRequiredService<TimeProvider>();
        try
        {
            using IDisposable place = context.RequestServices.GetRequiredService<ListenerSlots>().Take(context);
            using CancellationTokenSource tokenEnd = TokenEnd.Of(context, options, time);
            using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(
                context.RequestAborted, tokenEnd.Token, context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
            EventStream.Begin(context.Response);
            await using KeepAliveStream body = new(context.Response.Body, () => EventStream.BeatAsync(context.Response), options.KeepAliveInterval, time);
            await WriteAsync(body, events(end.Token), end.Token);
        }
        catch (RequestRejectedException rejection) when (!context.Response.HasStarted)
        {
            await Refusal.WriteAsync(context, rejection.Status, rejection.Message);
        }
    }

    private static async Task WriteAsync(KeepAliveStream body, IAsyncEnumerable<LiveEvent> events, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (LiveEvent told in events.WithCancellation(cancellationToken))
            {
                await body.WriteAsync(Encoding.UTF8.GetBytes($"event: {told.Kind}\ndata: {Encoding.UTF8.GetString(told.Data.Span)}\n\n"), cancellationToken);
                await body.FlushAsync(cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Whoever listened is gone, or may not listen any more.
        }
    }
}
