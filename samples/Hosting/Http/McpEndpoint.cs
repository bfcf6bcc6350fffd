using System.Text.Json.Nodes;
using Hosting.Security;
using Hosting.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace Hosting.Http;

/// <summary>
/// The MCP endpoint. One URL serves both eras: a request of protocol version 2026-07-28 is handled on its own, every other one belongs to a session.
/// </summary>
internal sealed class McpEndpoint(McpHostOptions options, StatelessRequests stateless, SessionRequests sessions)
{
    private const string ProfileRoute = "profile";
    private const int LongestProfile = 64;

    public void Map(WebApplication app)
    {
        Map(app, options.McpPath);
        if (options.AcceptProfiles)
        {
            Map(app, $"{options.McpPath.TrimEnd('/')}/{{{ProfileRoute}}}");
        }
    }

    /// <summary>Answers a POST to the endpoint.</summary>
    public Task PostAsync(HttpContext context) => HandleAsync(context, PostAsync);

    private void Map(WebApplication app, string pattern)
    {
        app.MapPost(pattern, (RequestDelegate)PostAsync);
        app.MapGet(pattern, (RequestDelegate)(context => HandleAsync(context, sessions.GetAsync)));
        app.MapDelete(pattern, (RequestDelegate)(context => HandleAsync(context, sessions.DeleteAsync)));
    }

    private async Task HandleAsync(HttpContext context, Func<HttpContext, SessionOwner, Task> handle)
    {
        string? profile = context.GetRouteValue(ProfileRoute) as string ?? options.DefaultProfile;
        if (profile is not null && !IsKnown(context, profile))
        {
            await Refusal.WriteAsync(context, StatusCodes.Status404NotFound, $"There is no profile '{VisibleText.Shorten(profile)}'.");
            return;
        }

        SessionOwner owner = new(profile, HostUser.Subject(context.User), HostUser.Issuer(context.User));
        bool admin = HostCredentials.IsAdmin(context.User);
        McpRequestContext.Current = new McpRequestContext(owner.Profile, owner.Subject)
        {
            IsAdmin = admin,
            Groups = HostUser.Groups(context.User),

            // The local secret is for this host and nobody behind it.
            Authorization = context.Request.Headers.Authorization is [{ Length: > 0 } credentials] && (owner.Subject is not null || !admin) ? credentials : null,
        };
        try
        {
            await handle(context, owner);
        }
        catch (RequestRejectedException rejection) when (!context.Response.HasStarted)
        {
            await JsonRpcReply.WriteAsync(context.Response, rejection.Id, rejection);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone.
        }
    }

    private async Task PostAsync(HttpContext context, SessionOwner owner)
    {
        ResponseFormat format = ResponseFormat.Of(context.Request);
        if (format is { Json: false, Events: false })
        {
            throw RequestRejectedException.Invalid(
                "The Accept header must allow application/json, text/event-stream or both.", StatusCodes.Status406NotAcceptable);
        }

        JsonRpcMessage message = await MessageBody.ReadAsync(context.Request, context.RequestAborted);
        try
        {
            if (IsPerRequestEra(context.Request, message))
            {
                await stateless.PostAsync(context, message, format);
            }
            else
            {
                await sessions.PostAsync(context, message, format, owner);
            }
        }
        catch (RequestRejectedException rejection) when (!context.Response.HasStarted)
        {
            await JsonRpcReply.WriteAsync(context.Response, RequestMetadata.Id(message), rejection);
        }
    }

    /// <exception cref="RequestRejectedException">The version is unknown, or the header that says it is missing.</exception>
    private static bool IsPerRequestEra(HttpRequest request, JsonRpcMessage message)
    {
        if (!request.Headers.TryGetValue(ProtocolHeaders.ProtocolVersion, out var values))
        {
            return RequestMetadata.ProtocolVersion(message) is { } version && !ProtocolVersions.IsHandshake(version)
                ? throw RequestRejectedException.HeaderMismatch($"The header {ProtocolHeaders.ProtocolVersion} is missing, but the body says '{version}'.")
                : false;
        }

        string header = values.ToString();
        if (ProtocolVersions.IsPerRequest(header))
        {
            return true;
        }

        if (ProtocolVersions.IsHandshake(header))
        {
            return false;
        }

        JsonArray supported = [.. ProtocolVersions.PerRequest.Select(version => (JsonNode)version)];
        throw new RequestRejectedException(
            StatusCodes.Status400BadRequest,
            McpErrorCode.UnsupportedProtocolVersion,
            $"The protocol version '{header}' is not supported.",
            new JsonObject { ["supported"] = supported, ["requested"] = header });
    }

    private bool IsKnown(HttpContext context, string profile) =>
        profile.Length <= LongestProfile
        && profile.All(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' or '.')
        && options.IsProfileKnown?.Invoke(context.RequestServices, profile) != false;
}
