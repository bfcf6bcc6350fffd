using System.Text.Json.Nodes;
using Horreum.Client.Models;

namespace Horreum.Client.Tools;

/// <summary>Describes the tools as HTTP endpoints, in OpenAPI 3.1.</summary>
internal static class EndpointDescription
{
    public static JsonObject Create(ToolCatalog catalog, ContractNaming naming)
    {
        JsonObject paths = [];
        foreach (HorreumTool tool in catalog.Tools)
        {
            paths["/api/tools/" + ToolCatalog.Prefix + tool.Name] = new JsonObject { ["post"] = Operation(tool, naming) };
        }

        return new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject { ["title"] = "Horreum tools", ["version"] = "1.0.0" },
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject { ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" } },
                ["schemas"] = new JsonObject { ["Error"] = ErrorSchema() },
            },
        };
    }

    private static JsonObject Operation(HorreumTool tool, ContractNaming naming) => new()
    {
        ["operationId"] = tool.Name,
        ["summary"] = tool.Title,
        ["description"] = tool.Description,
        ["requestBody"] = new JsonObject { ["content"] = Content(tool.Input(naming)) },
        ["responses"] = new JsonObject
        {
            ["200"] = new JsonObject
            {
                ["description"] = tool.Title,
                ["content"] = Content(tool.OutputSchema?.Invoke(ContractJson.For(naming)) ?? new JsonObject()),
            },
            ["default"] = new JsonObject { ["description"] = "An error.", ["content"] = Content(new JsonObject { ["$ref"] = "#/components/schemas/Error" }) },
        },
    };

    private static JsonObject Content(JsonNode schema) => new() { ["application/json"] = new JsonObject { ["schema"] = schema } };

    private static JsonObject ErrorSchema() => (JsonObject)JsonNode.Parse(
        """
        {"type":"object","required":["error"],"properties":{"error":{"type":"object","required":["code","message","retryable"],"properties":{
        "code":{"type":"string","enum":["NOT_FOUND","INVALID_REQUEST","RATE_LIMITED","INTERNAL_ERROR","SERVICE_UNAVAILABLE","TIMEOUT"]},
        "message":{"type":"string"},"details":{"type":"object","additionalProperties":{"type":"string"}},
        "retryable":{"type":"boolean"},"retryAfter":{"type":"integer","description":"Seconds."}}},
        "detail":{"type":"object","properties":{"error_type":{"type":"string"},"correlation_id":{"type":"string"}}}}}
        """)!;
}
