using Hosting.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hosting.Http;

/// <summary>Handles requests of protocol version 2026-07-28: a server for each request, gone with it.</summary>
internal sealed class StatelessRequests(
    McpHostOptions host,
    IOptions<McpServerOptions> options,
    ILoggerFactory loggerFactory,
    ListenerSlots listeners,
    IHostApplicationLifetime lifetime,
    TimeProvider time)
{
    /// <summary>One instance for all requests and sessions, so that a tool added or taken away while the host runs is so for everyone.</summary>
    private readonly McpServerOptions _options = options.Value;

    public async Task PostAsync(HttpContext context, JsonRpcMessage message, ResponseFormat format)
    {
        if (message is JsonRpcRequest request)
        {
            if (ProtocolVersions.RemovedMethods.Contains(request.Method))
            {
                throw new RequestRejectedException(
                    StatusCodes.Status404NotFound, McpErrorCode.MethodNotFound, $"The method '{request.Method}' does not exist in this protocol version.");
            }

            HeaderAgreement.Check(context.Request, request);
            ParameterHeaders.Check(context.Request, request, _options.ToolCollection);
        }
        else if (message is not JsonRpcNotification)
        {
            throw RequestRejectedException.Invalid("A response was sent, but this protocol version has no requests from the server.");
        }

        // Only a subscription lasts until someone ends it; a call may finish while the host drains.
        bool listens = RequestMetadata.Method(message) == RequestMethods.SubscriptionsListen;
        using IDisposable? slot = listens ? listeners.Take(context) : null;
        using CancellationTokenSource? tokenEnd = listens ? TokenEnd.Of(context, host, time) : null;
        using CancellationTokenSource? ending = listens
            ? CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping, tokenEnd!.Token)
            : null;
        CancellationToken ended = ending?.Token ?? context.RequestAborted;
        string version = context.Request.Headers[ProtocolHeaders.ProtocolVersion].ToString();
        message.Context = new JsonRpcMessageContext { User = context.User, ProtocolVersion = version };

        await using StreamableHttpServerTransport transport = new(loggerFactory) { Stateless = true };
        await using McpServer server = McpServer.Create(transport, _options, loggerFactory, context.RequestServices);
        Task run = server.RunAsync(ended);
        try
        {
            await using PostResponseStream body = new(context.Response, format, perRequestEra: true);
            await using KeepAliveStream alive = new(body, body.BeatAsync, host.KeepAliveInterval, time);
            if (!await transport.HandlePostRequestAsync(message, alive, first => alive.InTurnAsync(() => body.StartAsync(first)), ended))
            {
                context.Response.StatusCode = StatusCodes.Status202Accepted;
            }
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The client left, or this was a subscription and its token ended or the host is stopping.
        }
        finally
        {
            await transport.DisposeAsync();
            await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
