using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Shared.Coder;

/// <summary>An answer that says no, in Coder's shape.</summary>
public sealed class FakeRefusalException(
    int status, string message, string? detail = null, params (string Field, string Detail)[] validations) : Exception(message)
{
    public static FakeRefusalException NotFound() => new(404, "Resource not found or you do not have access to this resource");

    public static FakeRefusalException UnknownRoute() => new(404, "Route not found.");

    public async Task WriteAsync(HttpResponse response)
    {
        JsonObject body = new() { ["message"] = Message };
        if (detail is not null)
        {
            body["detail"] = detail;
        }

        if (validations.Length > 0)
        {
            body["validations"] = new JsonArray([.. validations.Select(field => new JsonObject { ["field"] = field.Field, ["detail"] = field.Detail })]);
        }

        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        await response.WriteAsync(body.ToJsonString());
    }
}
