using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Shared.ToolHive;

/// <summary>Reading and writing in ToolHive's manner.</summary>
internal static class Answers
{
    public static Task JsonAsync(this HttpContext context, JsonNode? body, int status = 200)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body?.ToJsonString() ?? "null");
    }

    /// <summary>Errors are declared as JSON and sent as text, with a line feed.</summary>
    public static Task ErrorAsync(this HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(message + "\n");
    }

    public static Task StatusAsync(this HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    public static async Task<JsonObject> BodyAsync(this HttpContext context)
    {
        using StreamReader reader = new(context.Request.Body);
        string text = await reader.ReadToEndAsync(context.RequestAborted);
        return text.Length == 0 ? [] : JsonNode.Parse(text) as JsonObject ?? [];
    }

    /// <summary>A route value with an escaped slash restored, which the server leaves alone.</summary>
    public static string Value(this HttpContext context, string name) =>
        ((string)context.Request.RouteValues[name]!).Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);

    public static string? Text(this JsonObject body, string name) => (string?)body[name];

    public static IReadOnlyList<string> Texts(this JsonObject body, string name) => body[name] is JsonArray list ? [.. list.Select(item => (string)item!)] : [];

    public static JsonArray Array(IEnumerable<string> values) => new([.. values.Select(value => (JsonNode)value)]);
}
