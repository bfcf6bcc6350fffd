using System.Text.Json;
using Hosting.Security;
using Hosting.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hosting.Http;

/// <summary>Handles requests of the protocol versions with a handshake: each belongs to a session, and a session to the caller who opened it.</summary>
internal sealed class SessionRequests(
    McpHostOptions options,
    SessionRegistry registry,
    EventReplay replay,
    ListenerSlots listeners,
    RefusalLog refusals,
    IHostApplicationLifetime lifetime,
    TimeProvider time)
{
    public async Task PostAsync(HttpContext context, JsonRpcMessage message, ResponseFormat format, SessionOwner owner)
    {
        bool opens = message is JsonRpcRequest { Method: RequestMethods.Initialize };
        if (opens && context.Request.Headers.ContainsKey(ProtocolHeaders.SessionId))
        {
            throw RequestRejectedException.Invalid($"initialize opens a session and carries no {ProtocolHeaders.SessionId}.");
        }

        HttpSession session = opens ? await registry.OpenAsync(owner, context) : Find(context, owner);
        using SessionLease lease = session.TryUse() ?? throw Unknown();
        bool established = !opens;
        message.Context = new JsonRpcMessageContext { User = context.User };
        await using PostResponseStream body = new(context.Response, format, perRequestEra: false, holdHeaders: opens)
        {
            Starting = isError =>
            {
                established |= !isError;
                if (established)
                {
                    context.Response.Headers[ProtocolHeaders.SessionId] = session.Id;
                }
            },
            Undeliverable = id => session.RefuseAsync(id, context.RequestAborted),
        };
        await using KeepAliveStream alive = new(body, body.BeatAsync, options.KeepAliveInterval, time);
        using PendingResponse pending = session.Await(message, context.RequestAborted);
        try
        {
            if (!await session.Transport.HandlePostRequestAsync(message, alive, first => alive.InTurnAsync(() => body.StartAsync(first)), pending.Ended))
            {
                context.Response.StatusCode = StatusCodes.Status202Accepted;
            }

            session.EndCancelled(message);
        }
        catch (JsonException)
        {
            throw new RequestRejectedException(StatusCodes.Status400BadRequest, McpErrorCode.InvalidParams, "The parameters are not those of the method.");
        }
        catch (Exception) when (pending.Ended.IsCancellationRequested && !context.RequestAborted.IsCancellationRequested)
        {
            // Cancelled by the client, or the session ended under the call: an open stream ends, a response that has not begun says why.
            if (!context.Response.HasStarted)
            {
                throw session.Closed.IsCancellationRequested ? Unknown() : RequestRejectedException.Invalid("The request was cancelled.");
            }
        }
        finally
        {
            if (!established)
            {
                await registry.CloseAsync(session);
            }
        }
    }

    public async Task GetAsync(HttpContext context, SessionOwner owner)
    {
        RequireHandshakeEra(context);
        if (!ResponseFormat.Of(context.Request).Events)
        {
            throw RequestRejectedException.Invalid("The Accept header must allow text/event-stream.", StatusCodes.Status406NotAcceptable);
        }

        HttpSession session = Find(context, owner);
        using IDisposable slot = listeners.Take(context);
        using SessionLease lease = session.TryUse() ?? throw Unknown();
        using CancellationTokenSource tokenEnd = TokenEnd.Of(context, options, time);
        using CancellationTokenSource ending =
            CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping, session.Closed, tokenEnd.Token);
        context.Response.Headers[ProtocolHeaders.SessionId] = session.Id;
        try
        {
            await using KeepAliveStream alive = new(context.Response.Body, () => EventStream.BeatAsync(context.Response), options.KeepAliveInterval, time);
            if (context.Request.Headers[ProtocolHeaders.LastEventId] is [{ Length: > 0 } lastEventId])
            {
                await replay.WriteAsync(context.Response, alive, session, lastEventId, ending.Token);
            }
            else
            {
                await session.ListenAsync(context.Response, alive, ending.Token);
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The client left, the session was closed, its token ended, or the host is stopping.
        }
    }

    public async Task DeleteAsync(HttpContext context, SessionOwner owner)
    {
        RequireHandshakeEra(context);
        await registry.CloseAsync(Find(context, owner));
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    private static void RequireHandshakeEra(HttpContext context)
    {
        if (ProtocolVersions.IsPerRequest(context.Request.Headers[ProtocolHeaders.ProtocolVersion].ToString()))
        {
            context.Response.Headers.Allow = HttpMethods.Post;
            throw RequestRejectedException.Invalid(
                $"This protocol version has no {context.Request.Method}; use POST.", StatusCodes.Status405MethodNotAllowed);
        }
    }

    private HttpSession Find(HttpContext context, SessionOwner owner)
    {
        if (context.Request.Headers[ProtocolHeaders.SessionId] is not [{ Length: > 0 } id])
        {
            throw RequestRejectedException.Invalid(
                $"The header {ProtocolHeaders.SessionId} is missing. Open a session with initialize, or speak protocol version 2026-07-28.");
        }

        HttpSession session = registry.Find(id) ?? throw Unknown();
        if (session.Owner == owner)
        {
            return session;
        }

        refusals.Write(Refused.Session, context, $"the session {RefusalLog.Hash(id)} belongs to another caller or profile.");
        throw RequestRejectedException.Invalid("The session belongs to another caller or profile.", StatusCodes.Status403Forbidden);
    }

    private static RequestRejectedException Unknown() =>
        RequestRejectedException.Invalid("The session is unknown or has ended. Open a new one with initialize.", StatusCodes.Status404NotFound);
}
