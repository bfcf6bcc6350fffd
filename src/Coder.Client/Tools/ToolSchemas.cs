using System.Text.Json;
using System.Text.Json.Nodes;

namespace Coder.Client.Tools;

/// <summary>Finishes the schemas that the SDK derives from the methods.</summary>
internal static class ToolSchemas
{
    /// <summary>Unknown arguments are refused, so the schema says so.</summary>
    public static JsonElement CloseInput(JsonElement schema)
    {
        JsonObject copy = Copy(schema);
        copy["additionalProperties"] = false;
        return Element(copy);
    }

    /// <summary>
    /// A failed call carries an error object instead of the result. Clients check structured content against the schema even then, so the schema
    /// allows either: all members of a result, or the error.
    /// </summary>
    public static JsonElement WithError(JsonElement schema)
    {
        JsonObject copy = Copy(schema);
        JsonObject properties = copy["properties"]!.AsObject();
        JsonArray members = new([.. properties.Select(property => (JsonNode?)JsonValue.Create(property.Key))]);
        properties["error"] = new JsonObject
        {
            ["type"] = "object",
            ["description"] = "Only when the call failed.",
            ["properties"] = new JsonObject
            {
                ["code"] = new JsonObject { ["type"] = "string" },
                ["message"] = new JsonObject { ["type"] = "string" },
                ["details"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } },
            },
            ["required"] = new JsonArray("code", "message", "details"),
        };
        copy.Remove("required");
        copy["anyOf"] = new JsonArray(
            new JsonObject { ["required"] = members },
            new JsonObject { ["required"] = new JsonArray("error") });
        return Element(copy);
    }

    private static JsonObject Copy(JsonElement schema) => JsonObject.Create(schema.Clone())!.DeepClone().AsObject();

    private static JsonElement Element(JsonObject schema)
    {
        using JsonDocument document = JsonDocument.Parse(schema.ToJsonString());
        return document.RootElement.Clone();
    }
}
