using System.Text.Json;
using Hosting.Http;
using Hosting.Security;
using McpOptimizer.Core;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Server.Api.Answers;
using McpOptimizer.Server.Api.Live;
using McpOptimizer.Server.Api.Usage;
using McpOptimizer.Server.Cli;
using McpOptimizer.Server.Trust;

namespace McpOptimizer.Server.Api;

/// <summary>
/// Everything under <c>/api</c>. One style: JSON in snake case without nulls, one shape of errors, and nobody without a token or, on a host without tokens, the local secret.
/// </summary>
internal static partial class OptimizerApi
{
    /// <summary>Where the description of all endpoints is.</summary>
    public const string DocumentPath = "/api/openapi.json";

    /// <summary>The endpoints, in the order in which they are described.</summary>
    public static IReadOnlyList<ApiEndpoint> Endpoints { get; } =
    [
        CallerApi.Endpoint,
        OverviewApi.Endpoint,
        FindApi.Endpoint,
        ExplainApi.Endpoint,
        .. CallApi.Endpoints,
        .. ToolsApi.Endpoints,
        DoctorApi.Endpoint,
        .. TrustApi.Endpoints,
        CallsApi.Endpoint,
        EventsApi.Endpoint,
        SettingsApi.Endpoint,
        ProfilesApi.Endpoint,
        .. LearningApi.Endpoints,
        new ApiEndpoint
        {
            Path = DocumentPath,
            Summary = "This description.",
            Answer = ApiJson.Default.JsonObject,
            Handle = _ => Task.FromResult<object>(OpenApiDocument.Write(Endpoints!)),
        },
    ];

    /// <summary>What the endpoints need beside the optimizer itself.</summary>
    public static void AddTo(IServiceCollection services)
    {
        services.AddSingleton<UsageLog>();
        services.AddSingleton<LiveChanges>();
        services.AddSingleton<ICallAuditSink>(provider => provider.GetRequiredService<UsageLog>());
        services.AddSingleton<IFindAuditSink>(provider => provider.GetRequiredService<UsageLog>());
    }

    public static void Map(WebApplication app)
    {
        foreach (ApiEndpoint endpoint in Endpoints)
        {
            IEndpointConventionBuilder route = app.MapMethods(endpoint.Path, [endpoint.Method], (RequestDelegate)(context => AnswerAsync(context, endpoint))).RequireAuthorization();
            if (endpoint.IsForAdmins)
            {
                route.RequireAdmin();
            }
        }

        app.MapFallback("/api/{**rest}", (RequestDelegate)RefuseUnknownAsync).RequireAuthorization();
    }

    private static async Task AnswerAsync(HttpContext context, ApiEndpoint endpoint)
    {
        try
        {
            ApiRequest request = new(context, endpoint);
            if (endpoint.Stream is { } stream)
            {
                await LiveEvents.ServeAsync(context, token => stream(request, token));
                return;
            }

            object answer = await endpoint.Handle(request);

            // Written whole before the first byte goes: an answer that cannot be written is an error and not half an answer.
            await WriteAsync(context, StatusCodes.Status200OK, JsonSerializer.SerializeToUtf8Bytes(answer, endpoint.Answer));
        }
        catch (Exception e) when (Refusal(e) is { } status)
        {
            await RefuseAsync(context, status, CliFaults.Sentence(e));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client is gone.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            LogFailed(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(OptimizerApi)), endpoint.Path, e);
            await RefuseAsync(context, StatusCodes.Status500InternalServerError, "Something went wrong inside; the log says what.");
        }
    }

    private static int? Refusal(Exception fault) => fault switch
    {
        ApiException refusal => refusal.Status,
        ArgumentException => StatusCodes.Status400BadRequest,
        BadHttpRequestException bad => bad.StatusCode,
        TrustConflictException => StatusCodes.Status409Conflict,
        LimitReachedException => StatusCodes.Status429TooManyRequests,
        BackendException => StatusCodes.Status502BadGateway,
        OptimizerStoreException or EmbeddingException => StatusCodes.Status503ServiceUnavailable,
        _ => null,
    };

    private static Task RefuseUnknownAsync(HttpContext context)
    {
        string[] methods = [.. Endpoints.Where(endpoint => endpoint.Path == context.Request.Path).Select(endpoint => endpoint.Method)];
        if (methods.Length == 0)
        {
            return RefuseAsync(context, StatusCodes.Status404NotFound, $"There is no endpoint {VisibleText.Shorten(context.Request.Path)}; {DocumentPath} lists all.");
        }

        context.Response.Headers.Allow = methods;
        return RefuseAsync(context, StatusCodes.Status405MethodNotAllowed, $"{context.Request.Path} takes {string.Join(" or ", methods)}, not {VisibleText.Shorten(context.Request.Method, 20)}.");
    }

    private static Task RefuseAsync(HttpContext context, int status, string sentence) =>
        WriteAsync(context, status, JsonSerializer.SerializeToUtf8Bytes(new ErrorAnswer(sentence), ApiJson.Default.ErrorAnswer));

    private static async Task WriteAsync(HttpContext context, int status, byte[] body)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.Body.WriteAsync(body, context.RequestAborted);
    }

    [LoggerMessage(EventId = 210, Level = LogLevel.Error, Message = "{Path} failed.")]
    private static partial void LogFailed(ILogger logger, string path, Exception exception);
}
