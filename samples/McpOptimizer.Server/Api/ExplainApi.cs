using System.Text.Json;
using McpOptimizer.Core.Models.Explanations;
using McpOptimizer.Core.Services.Explanations;
using McpOptimizer.Core.Tools;

namespace McpOptimizer.Server.Api;

/// <summary><c>GET /api/explain</c>, within what the caller may see; an administrator is told of what is hidden too.</summary>
internal static class ExplainApi
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Path = "/api/explain",
        Summary = "Why a search answers as it does, and why a tool is not among the hits. Administrators are told of what is hidden too.",
        Parameters = [.. FindApi.Query, new("tool", "The tool whose place is in question, as server/name, or its name where that is unambiguous.")],
        Answer = ApiJson.Default.JsonElement,
        AnswerSchema = ApiSchemas.Explanation,
        Handle = AnswerAsync,
    };

    private static async Task<object> AnswerAsync(ApiRequest request)
    {
        ExplanationRequest wanted = new() { Query = FindApi.ReadQuery(request), Tool = request.Text("tool"), RevealHidden = request.IsAdmin };
        Explanation explanation = await request.Service<IExplanationService>().ExplainAsync(wanted, request.Caller, request.Aborted);
        return JsonElement.Parse(explanation.ToJson(), JsonText.Reading);
    }
}
