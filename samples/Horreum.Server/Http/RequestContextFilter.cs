using System.Security.Cryptography;
using System.Text;
using Horreum.Client.Models;
using Horreum.Client.Tools;
using Horreum.Server.Configuration;
using Horreum.Server.Operations;

namespace Horreum.Server.Http;

/// <summary>
/// Stands before everything: correlation id, the spelling that the request asks for, and the contract's error object
/// where the host would answer in its own words.
/// </summary>
internal sealed class RequestContextFilter(ServerSettings settings, HorreumToolRunner runner, ILogger<RequestContextFilter> logger) : IStartupFilter
{
    /// <summary>Names a request in logs and answers; one that the caller sends is kept.</summary>
    public const string CorrelationHeader = "X-Correlation-Id";

    private const string NamingHeader = "X-Contract-Naming";
    private const string Scheme = "Bearer ";
    private readonly byte[]? _bearer = settings.Host.BearerToken is { } token ? Encoding.UTF8.GetBytes(token) : null;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(InvokeAsync);
        next(app);
    };

    private async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        long started = TimeProvider.System.GetTimestamp();
        HttpRequest request = context.Request;
        string id = CorrelationId.Accept(request.Headers[CorrelationHeader].FirstOrDefault() ?? request.Headers["X-Request-Id"].FirstOrDefault());
        CorrelationId.Current = id;
        context.Response.Headers[CorrelationHeader] = id;
        HorreumDialect.Current = HorreumDialect.Parse(request.Headers[NamingHeader].FirstOrDefault() ?? request.Query["naming"].FirstOrDefault());
        try
        {
            await (IsRefusedByHost(request) ? RefuseAsync(context, next) : next(context));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller left.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            int status = (e as BadHttpRequestException)?.StatusCode ?? StatusCodes.Status500InternalServerError;
            if (status >= StatusCodes.Status500InternalServerError)
            {
                ServerLog.Failed(logger, e, request.Method, request.Path, id);
            }

            string sentence = e is BadHttpRequestException bad ? Sentence(bad) : "The server failed in a way that it should not.";
            await ReplyWriter.RefuseAsync(context, runner, status, sentence);
        }

        if (logger.IsEnabled(LogLevel.Debug))
        {
            double duration = TimeProvider.System.GetElapsedTime(started).TotalMilliseconds;
            string path = request.Path.Value ?? "";
            ServerLog.Completed(logger, request.Method, path, context.Response.StatusCode, duration, id);
        }
    }

    private static string Sentence(BadHttpRequestException e) => e.StatusCode == StatusCodes.Status413PayloadTooLarge
        ? "The body is larger than this server takes (HTTP_MAX_BODY_SIZE)."
        : "The request is not valid HTTP.";

    // The host will turn the request away, in its own words; the tools' callers expect the contract's.
    private bool IsRefusedByHost(HttpRequest request) => _bearer is not null
        && request.Path.StartsWithSegments("/api")
        && !(request.Headers.Authorization is [{ } value] && value.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(value[Scheme.Length..].Trim()), _bearer));

    private async Task RefuseAsync(HttpContext context, RequestDelegate next)
    {
        Stream body = context.Response.Body;
        using MemoryStream refusal = new();
        context.Response.Body = refusal;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = body;
        }

        if (context.Response.StatusCode is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden && !context.Items.ContainsKey(ToolEndpoints.Reached))
        {
            // The host's header says the same: invalid_token where one was given (RFC 6750, 3.1).
            bool unauthorized = context.Response.StatusCode == StatusCodes.Status401Unauthorized;
            string sentence = !unauthorized ? "The host name or the web origin of the request is not allowed."
                : context.Request.Headers.Authorization.Count > 0 ? "The bearer token is not valid (invalid_token)."
                : "A bearer token is required: Authorization: Bearer …";
            context.Response.ContentLength = null;
            await ReplyWriter.RefuseAsync(context, runner, context.Response.StatusCode, sentence);
            return;
        }

        refusal.Position = 0;
        await refusal.CopyToAsync(body, context.RequestAborted);
    }
}
