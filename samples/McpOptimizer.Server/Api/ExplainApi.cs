using System.Globalization;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Explanations;
using McpOptimizer.Core.Services.Explanations;
using McpOptimizer.Core.Tools;
using McpOptimizer.Server.Cli;

namespace McpOptimizer.Server.Api;

/// <summary>
/// <c>GET /api/explain?need=…[&amp;tool=…][&amp;profile=…][&amp;keywords=…][&amp;limit=…]</c>, behind the host's access check and within what the caller may see.
/// </summary>
internal static class ExplainApi
{
    private static readonly string[] Known = ["need", "tool", "profile", "keywords", "limit"];

    public static void Map(WebApplication app) => app.MapGet("/api/explain", (RequestDelegate)AnswerAsync);

    private static async Task AnswerAsync(HttpContext context)
    {
        try
        {
            IQueryCollection query = context.Request.Query;
            if (query.Keys.FirstOrDefault(key => !Known.Contains(key, StringComparer.Ordinal)) is { } unknown)
            {
                throw new ArgumentException($"There is no parameter '{unknown}'; known are {string.Join(", ", Known)}.");
            }

            ExplanationRequest request = new()
            {
                Query = new ToolQuery
                {
                    Description = Text(query, "need") ?? throw new ArgumentException("The parameter 'need' is missing: say what you need to do."),
                    Keywords = Text(query, "keywords"),
                    Limit = Limit(Text(query, "limit")),
                },
                Tool = Text(query, "tool"),
            };
            CallerIdentity caller = ApiCaller.Of(context, Text(query, "profile"));
            Explanation explanation = await context.RequestServices.GetRequiredService<IExplanationService>().ExplainAsync(request, caller, context.RequestAborted);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(explanation.ToJson(), context.RequestAborted);
        }
        catch (ArgumentException e)
        {
            await ApiCaller.RefuseAsync(context, StatusCodes.Status400BadRequest, CliFaults.Sentence(e));
        }
    }

    private static string? Text(IQueryCollection query, string name) => query[name] is [{ Length: > 0 } text, ..] ? text : null;

    private static int? Limit(string? text) => text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int limit) && limit is >= 1 and <= 50 ? limit
        : throw new ArgumentException($"The limit '{text}' is not legal: a whole number from 1 to 50.");
}
