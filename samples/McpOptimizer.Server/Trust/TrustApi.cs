using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Trust;
using McpOptimizer.Server.Api;

namespace McpOptimizer.Server.Trust;

/// <summary>
/// Trust over HTTP, for administrators: what is listed here may be hidden from others, and what is decided holds for everybody.
/// </summary>
internal static class TrustApi
{
    private const string Root = "/api/trust";

    public static IReadOnlyList<ApiEndpoint> Endpoints { get; } =
    [
        new ApiEndpoint
        {
            Path = Root,
            Summary = "How every definition stands that was ever seen.",
            Parameters = [new("state", "Only this state.") { Choices = TrustWords.States }, new("server", "Only this server, by its exact name.")],
            Answer = ApiJson.Default.TrustEntries,
            IsForAdmins = true,
            Handle = ListAsync,
        },
        new ApiEndpoint
        {
            Path = Root + "/review",
            Summary = "What was approved against what is listed now, a page at a time, with the id that a decision about just this page gives. Without a target: everything that awaits a decision.",
            Parameters =
            [
                new("target", "A server, a tool as server/name, or another name of the list."),
                new("offset", "How many to leave out at the start.") { Kind = ApiParameterKind.Number, Max = int.MaxValue },
                new("limit", "Most definitions on a page; 50 without it.") { Kind = ApiParameterKind.Number, Min = 1, Max = 500 },
            ],
            Answer = ApiJson.Default.TrustReview,
            IsForAdmins = true,
            Handle = ReviewAsync,
        },
        new ApiEndpoint
        {
            Path = Root + "/log",
            Summary = "What was decided and withheld, newest first.",
            Parameters =
            [
                new("limit", "Most lines; 100 without it.") { Kind = ApiParameterKind.Number, Min = 1, Max = 1_000 },
                new("before", "Only lines older than this id.") { Kind = ApiParameterKind.Number },
            ],
            Answer = ApiJson.Default.TrustRecords,
            IsForAdmins = true,
            Handle = LogAsync,
        },
        new ApiEndpoint
        {
            Method = HttpMethods.Post,
            Path = Root + "/approve",
            Summary = "Lets definitions be found and called exactly as they were shown: give the id of a review, or a target (or all) with the whole hash.",
            Body = ApiJson.Default.TrustRequest,
            Answer = ApiJson.Default.TrustEntries,
            IsForAdmins = true,
            Handle = ApproveAsync,
        },
        new ApiEndpoint
        {
            Method = HttpMethods.Post,
            Path = Root + "/reject",
            Summary = "Keeps definitions from being found and called.",
            Body = ApiJson.Default.TrustRequest,
            Answer = ApiJson.Default.TrustEntries,
            IsForAdmins = true,
            Handle = RejectAsync,
        },
    ];

    private static async Task<object> ListAsync(ApiRequest request)
    {
        TrustQuery query = new() { State = TrustWords.ReadState(request.Text("state")), ServerName = request.Text("server") };
        return new TrustEntries(await request.Service<ITrustService>().ListAsync(query, request.Aborted));
    }

    private static async Task<object> ReviewAsync(ApiRequest request) =>
        await request.Service<ITrustService>().ReviewAsync(request.Text("target"), (int)(request.Number("offset") ?? 0), (int)(request.Number("limit") ?? 50), request.Aborted);

    private static async Task<object> LogAsync(ApiRequest request) =>
        new TrustRecords(await request.Service<ITrustService>().ReadLogAsync((int)(request.Number("limit") ?? 100), request.Number("before"), request.Aborted));

    private static async Task<object> ApproveAsync(ApiRequest request)
    {
        TrustRequest body = await ReadAsync(request);
        return body.Hash is null && body.Review is null
            ? throw new ArgumentException("What is approved must have been seen: give as review the id that GET /api/trust/review answered, or its hash.")
            : new TrustEntries(await request.Service<ITrustService>().ApproveAsync(Decision(request, body), request.Aborted));
    }

    private static async Task<object> RejectAsync(ApiRequest request)
    {
        TrustRequest body = await ReadAsync(request);
        return new TrustEntries(await request.Service<ITrustService>().RejectAsync(Decision(request, body), request.Aborted));
    }

    private static TrustDecision Decision(ApiRequest request, TrustRequest body) =>
        new() { Target = body.Target, Hash = body.Hash, ReviewId = body.Review, Note = body.Note, By = request.Subject ?? "http" };

    private static async Task<TrustRequest> ReadAsync(ApiRequest request)
    {
        TrustRequest body = await request.ReadAsync(ApiJson.Default.TrustRequest);
        int given = (body.Target is null ? 0 : 1) + (body.All ? 1 : 0) + (body.Review is null ? 0 : 1);
        return given == 1 ? body : throw new ArgumentException("Give one of target, \"all\": true, and review.");
    }
}
