using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using McpOptimizer.Core;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Trust;

namespace McpOptimizer.Server.Trust;

/// <summary>
/// Trust over HTTP, for administrators: what is listed here may be hidden from others, and what is decided holds for everybody.
/// </summary>
internal static class TrustApi
{
    private const string Root = "/api/trust";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Root, context => GuardAsync(context, ListAsync));
        app.MapGet(Root + "/review", context => GuardAsync(context, ReviewAsync));
        app.MapGet(Root + "/log", context => GuardAsync(context, LogAsync));
        app.MapPost(Root + "/approve", context => GuardAsync(context, ApproveAsync));
        app.MapPost(Root + "/reject", context => GuardAsync(context, RejectAsync));
    }

    private static async Task ListAsync(HttpContext context, ITrustService trust)
    {
        TrustQuery query = new() { State = TrustWords.ReadState(Value(context, "state")), ServerName = Value(context, "server") };
        await WriteAsync(context, new TrustEntries(await trust.ListAsync(query, context.RequestAborted)), TrustJson.Default.TrustEntries);
    }

    private static async Task ReviewAsync(HttpContext context, ITrustService trust) =>
        await WriteAsync(
            context,
            await trust.ReviewAsync(Value(context, "target"), (int)(Number(context, "offset") ?? 0), (int)(Number(context, "limit") ?? 50), context.RequestAborted),
            TrustJson.Default.TrustReview);

    private static async Task LogAsync(HttpContext context, ITrustService trust)
    {
        IReadOnlyList<TrustRecord> records = await trust.ReadLogAsync((int)(Number(context, "limit") ?? 100), Number(context, "before"), context.RequestAborted);
        await WriteAsync(context, new TrustRecords(records), TrustJson.Default.TrustRecords);
    }

    private static async Task ApproveAsync(HttpContext context, ITrustService trust)
    {
        TrustRequest request = await ReadAsync(context);
        if (request.Hash is null && request.Review is null)
        {
            throw new ArgumentException("What is approved must have been seen: give as review the id that GET /api/trust/review answered, or its hash.");
        }

        await WriteAsync(context, new TrustEntries(await trust.ApproveAsync(Decision(context, request), context.RequestAborted)), TrustJson.Default.TrustEntries);
    }

    private static async Task RejectAsync(HttpContext context, ITrustService trust) => await WriteAsync(
        context, new TrustEntries(await trust.RejectAsync(Decision(context, await ReadAsync(context)), context.RequestAborted)), TrustJson.Default.TrustEntries);

    private static TrustDecision Decision(HttpContext context, TrustRequest request) =>
        new() { Target = request.Target, Hash = request.Hash, ReviewId = request.Review, Note = request.Note, By = Subject(context) ?? "http" };

    private static async Task GuardAsync(HttpContext context, Func<HttpContext, ITrustService, Task> handle)
    {
        try
        {
            await handle(context, context.RequestServices.GetRequiredService<ITrustService>());
        }
        catch (TrustConflictException e)
        {
            await RefuseAsync(context, StatusCodes.Status409Conflict, e.Message);
        }
        catch (ArgumentException e)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, Cli.CliFaults.Sentence(e));
        }
    }

    private static async Task<TrustRequest> ReadAsync(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new ArgumentException("The body must be application/json.");
        }

        TrustRequest request;
        try
        {
            request = await JsonSerializer.DeserializeAsync(context.Request.Body, TrustJson.Default.TrustRequest, context.RequestAborted) ?? throw new ArgumentException("The body is null.");
        }
        catch (JsonException e)
        {
            throw new ArgumentException($"The body is not the JSON that is expected (members target, all, hash, review, note): {e.Message}");
        }

        int given = (request.Target is null ? 0 : 1) + (request.All ? 1 : 0) + (request.Review is null ? 0 : 1);
        return given == 1 ? request : throw new ArgumentException("Give one of target, \"all\": true, and review.");
    }

    private static string? Subject(HttpContext context) => context.User.FindFirstValue(ClaimTypes.NameIdentifier);

    private static string? Value(HttpContext context, string name) => context.Request.Query[name] is [{ Length: > 0 } value] ? value : null;

    private static long? Number(HttpContext context, string name)
    {
        string? value = Value(context, name);
        return value is null ? null
            : int.TryParse(value, System.Globalization.CultureInfo.InvariantCulture, out int number) ? number
            : throw new ArgumentException($"{name} is '{value}'; a whole number is expected.");
    }

    private static Task RefuseAsync(HttpContext context, int status, string error)
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, new TrustFault(error), TrustJson.Default.TrustFault);
    }

    private static Task WriteAsync<T>(HttpContext context, T body, JsonTypeInfo<T> type)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsJsonAsync(body, type, cancellationToken: context.RequestAborted);
    }
}
