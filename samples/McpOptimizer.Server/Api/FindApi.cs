using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Tokens;
using McpOptimizer.Core.Tools;
using McpOptimizer.Server.Api.Answers;

namespace McpOptimizer.Server.Api;

/// <summary><c>GET /api/find</c>: what <c>find_tool</c> answers, and beside it what a person wants to know about it.</summary>
internal static class FindApi
{
    /// <summary>The parameters of a search, the same for an explanation.</summary>
    public static IReadOnlyList<ApiParameter> Query { get; } =
    [
        new("need", "say what you need to do, in your own words.") { IsRequired = true },
        new("keywords", "Words the tool's name probably has."),
        new("limit", "Most tools to return.") { Kind = ApiParameterKind.Number, Min = 1, Max = 50 },
        ApiParameter.Profile,
    ];

    public static ApiEndpoint Endpoint { get; } = new()
    {
        Path = "/api/find",
        Summary = "The best tools for a need: each with its score and why it is there, and the answer as a model gets it.",
        Parameters =
        [
            .. Query,
            new("detail", "How much the answer shows of each tool; without it full definitions, or with a token budget whatever fits.") { Choices = ["full", "compact"] },
            new("token_budget", "Most tokens the answer may cost.") { Kind = ApiParameterKind.Number, Min = 100, Max = 1_000_000 },
        ],
        Answer = ApiJson.Default.FoundAnswer,
        Handle = AnswerAsync,
    };

    /// <summary>Reads the parameters of <see cref="Query"/>.</summary>
    public static ToolQuery ReadQuery(ApiRequest request) =>
        new() { Description = request.Text("need")!, Keywords = request.Text("keywords"), Limit = (int?)request.Number("limit"), Explain = true };

    private static async Task<object> AnswerAsync(ApiRequest request)
    {
        FindRequest find = new()
        {
            Query = ReadQuery(request),
            Detail = request.Text("detail") switch { "full" => ToolDetail.Full, "compact" => ToolDetail.Compact, _ => null },
            TokenBudget = (int?)request.Number("token_budget"),
        };
        FindResult found = await request.Service<IDiscoveryService>().FindAsync(find, Looking(request.Caller), request.Aborted);

        // A model does not get the explanations unless it asks.
        string answer = (found with { Tools = [.. found.Tools.Select(tool => tool with { Hit = tool.Hit with { Explanation = null } })] }).ToJson();
        return new FoundAnswer
        {
            Hits = [.. found.Tools.Select(Describe)],
            Confidence = found.Confidence,
            NothingFits = found.NothingFits,
            ByWordsAlone = found.ByWordsAlone,
            LeftOut = found.LeftOut,
            Shortened = found.Shortened,
            WithheldBetter = found.WithheldBetter,
            IsPending = found.IsPending,
            Starting = found.Starting,
            TokenMetrics = TokenMetricsAnswer.Of(found.Metrics),
            Answer = JsonElement.Parse(answer, JsonText.Reading),
            AnswerTokens = request.Service<ITokenCounter>().Count(System.Text.Encoding.UTF8.GetBytes(answer)),
        };
    }

    // A session of its own: what a person tries here, and then calls, teaches the ranking nothing.
    private static CallerIdentity Looking(CallerIdentity caller) => caller with { SessionId = caller.SessionId + " find" };

    private static HitAnswer Describe(FoundTool tool) => new()
    {
        Server = tool.Hit.Tool.ServerName,
        Name = tool.Hit.Tool.Name,
        Score = Math.Round(tool.Hit.Score, 4),
        Purpose = tool.Summary.Purpose,
        Signature = tool.Summary.Signature,
        Detail = tool.Detail == ToolDetail.Full ? "full" : "compact",
        Tokens = tool.Hit.Tool.TokenCount,
        ReadOnly = ToolHints.Of(tool.Hit.Tool).ReadOnly,
        Explanation = tool.Hit.Explanation is { } why ? ExplanationPart.Of(why) : null,
    };
}
