using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Hosting.Http;

/// <summary>An answer to a request that never became an MCP message.</summary>
internal static class Refusal
{
    public static async Task WriteAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        await using Utf8JsonWriter writer = new(context.Response.BodyWriter);
        writer.WriteStartObject();
        writer.WriteString("error", message);
        writer.WriteEndObject();
    }
}
