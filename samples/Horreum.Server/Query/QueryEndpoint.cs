using System.Text.Json;
using System.Text.Json.Nodes;
using Horreum.Client.Tools;
using Horreum.Server.Configuration;
using Horreum.Server.Http;
using Horreum.Server.Llm;
using Horreum.Server.Operations;

namespace Horreum.Server.Query;

/// <summary><c>POST /api/query</c>: a question in words, answered by an LLM that calls the tools.</summary>
internal static class QueryEndpoint
{
    /// <summary>Where it is.</summary>
    public const string Path = "/api/query";

    private const int LongestQuery = 16 * 1024;

    public static void AddTo(IServiceCollection services, ServerSettings settings)
    {
        if (settings.Llm is { } llm)
        {
            services.AddSingleton(provider => new LlmClient(llm, provider.GetRequiredService<TimeProvider>()));
            services.AddSingleton(provider => new QueryTools(provider, llm));
            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<QueryRunner>(provider, llm));
        }
    }

    public static void Map(WebApplication app, ServerSettings settings)
    {
        HorreumToolRunner runner = app.Services.GetRequiredService<HorreumToolRunner>();
        app.MapPost(Path, context => AnswerAsync(context, runner, settings.Llm));
    }

    /// <summary>The endpoint as an OpenAPI operation; its errors are those of the tools.</summary>
    public static JsonObject Describe() => (JsonObject)JsonNode.Parse(
        """
        {"operationId":"query","summary":"Answer a question in words",
        "description":"An LLM answers the question with the tools. 503 with a hint when no LLM is configured.",
        "requestBody":{"required":true,"content":{"application/json":{"schema":{"type":"object","required":["query"],
        "properties":{"query":{"type":"string","minLength":1,"maxLength":16384}}}}}},
        "responses":{
        "200":{"description":"The answer and the calls that led to it.","content":{"application/json":{"schema":{"type":"object","required":["query","answer","metadata","tool_calls"],
        "properties":{"query":{"type":"string"},"answer":{"type":"string"},
        "metadata":{"type":"object","properties":{"tool_calls":{"type":"integer"},"llm_calls":{"type":"integer"},"duration_ms":{"type":"number"}}},
        "tool_calls":{"type":"array","items":{"type":"object"}}}}}}},
        "default":{"description":"An error.","content":{"application/json":{"schema":{"$ref":"#/components/schemas/Error"}}}}}}
        """)!;

    private static async Task AnswerAsync(HttpContext context, HorreumToolRunner runner, LlmSettings? llm)
    {
        context.Items[ToolEndpoints.Reached] = true;
        (string? query, string fault) = await ReadAsync(context.Request, context.RequestAborted);
        if (query is null)
        {
            await ReplyWriter.RefuseAsync(context, runner, StatusCodes.Status400BadRequest, fault);
            return;
        }

        if (llm is null)
        {
            await QueryError.RefuseUnconfiguredAsync(context);
            return;
        }

        try
        {
            QueryAnswer answer = await context.RequestServices.GetRequiredService<QueryRunner>().RunAsync(query, context.RequestAborted);
            context.Response.ContentType = "application/json; charset=utf-8";
            await context.Response.WriteAsync(answer.ToJson().ToJsonString(), context.RequestAborted);
        }
        catch (LlmException e)
        {
            ServerLog.QueryFailed(context.RequestServices.GetRequiredService<ILogger<QueryRunner>>(), e.Message, e.UpstreamStatus);
            await QueryError.WriteAsync(context, e, llm.Provider);
        }
    }

    private static async Task<(string? Query, string Fault)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType())
        {
            return (null, $"The content type is '{request.ContentType}': expected application/json.");
        }

        try
        {
            using JsonDocument body = await JsonDocument.ParseAsync(request.Body, default, cancellationToken);
            string? query = body.RootElement.ValueKind == JsonValueKind.Object
                && body.RootElement.TryGetProperty("query", out JsonElement value)
                && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
            return string.IsNullOrWhiteSpace(query) ? (null, "'query' is missing or empty: it must be a question in words.")
                : query.Length > LongestQuery ? (null, $"'query' has {query.Length} characters: at most {LongestQuery} are allowed.")
                : (query, "");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, "The body is not valid JSON: expected {\"query\":\"…\"}.");
        }
    }
}
