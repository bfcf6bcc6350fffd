using System.Globalization;
using System.Text.Json.Nodes;
using Horreum.Client.Models;
using Horreum.Server.Llm;

namespace Horreum.Server.Query;

/// <summary>The contract's error object where only this endpoint knows its content.</summary>
internal static class QueryError
{
    /// <summary>Not retryable although the service is unavailable: only the operator can change it.</summary>
    public static Task RefuseUnconfiguredAsync(HttpContext context) => WriteAsync(
        context,
        StatusCodes.Status503ServiceUnavailable,
        "No LLM is configured, so questions cannot be answered.",
        retryable: false,
        null,
        new JsonObject
        {
            ["hint"] = "Set LLM_PROVIDER (openai, anthropic, azure or gemini), LLM_API_KEY and LLM_MODEL, and start the server again.",
            ["example_config"] = "LLM_PROVIDER=openai LLM_API_KEY=<key> LLM_MODEL=gpt-4o",
        });

    public static Task WriteAsync(HttpContext context, LlmException failure, LlmProvider provider)
    {
        JsonObject details = new() { ["provider"] = provider.ToString().ToLowerInvariant() };
        if (failure.UpstreamStatus is { } upstream)
        {
            details["upstreamStatus"] = upstream.ToString(CultureInfo.InvariantCulture);
        }

        return WriteAsync(context, failure.Status, failure.Message, failure.Status is 429 or 503 or 504, failure.RetryAfter, details);
    }

    private static Task WriteAsync(HttpContext context, int status, string message, bool retryable, TimeSpan? retryAfter, JsonObject details)
    {
        JsonObject error = new() { ["code"] = Code(status), ["message"] = message, ["details"] = details, ["retryable"] = retryable };
        if (retryAfter is { } wait)
        {
            long seconds = (long)Math.Ceiling(wait.TotalSeconds);
            error["retryAfter"] = seconds;
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        string kind = status switch
        {
            504 => "timeout",
            429 => "validation_error",
            _ => "upstream_http_error",
        };
        JsonObject body = new() { ["error"] = error, ["detail"] = new JsonObject { ["error_type"] = kind, ["correlation_id"] = CorrelationId.Current } };
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json; charset=utf-8";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    private static string Code(int status) => status switch
    {
        429 => "RATE_LIMITED",
        503 => "SERVICE_UNAVAILABLE",
        504 => "TIMEOUT",
        _ => "INTERNAL_ERROR",
    };
}
