using System.Text.Json;
using System.Text.Json.Nodes;
using Horreum.Client.Models;

namespace Horreum.Client.Tools;

/// <summary>Writes the JSON schemas of what tools take and answer.</summary>
internal static class ToolSchemas
{
    public static JsonObject Input(ToolDefinition tool, ContractNaming naming)
    {
        ContractJson json = ContractJson.For(naming);
        JsonObject properties = [];
        foreach (ToolParameter parameter in tool.Parameters)
        {
            JsonObject property = Type(parameter);
            property["description"] = parameter.Description;
            properties[json.Name(parameter.Name)] = property;
        }

        JsonObject schema = new() { ["type"] = "object", ["properties"] = properties };
        JsonArray required = [.. tool.Parameters.Where(parameter => parameter.Required).Select(parameter => (JsonNode)json.Name(parameter.Name))];
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        return schema;
    }

    /// <summary>The schema of what is answered as structured content, which must be an object.</summary>
    public static JsonElement? Output(ToolDefinition tool, ContractNaming naming)
    {
        if (tool.OutputSchema is null)
        {
            return null;
        }

        JsonNode schema = tool.OutputSchema(ContractJson.For(naming));
        JsonObject root = schema is JsonObject { } found && IsObject(found)
            ? found
            : new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["items"] = schema }, ["required"] = new JsonArray("items") };
        root["type"] = "object";
        return JsonElement.Parse(root.ToJsonString());
    }

    private static bool IsObject(JsonObject schema) => schema["type"] switch
    {
        JsonValue word => word.GetValue<string>() == "object",
        JsonArray words => words.Any(word => word?.GetValue<string>() == "object"),
        _ => false,
    };

    private static JsonObject Type(ToolParameter parameter) => parameter.Kind switch
    {
        ToolParameterKind.Id => new JsonObject { ["type"] = new JsonArray("integer", "string"), ["minimum"] = 1 },
        ToolParameterKind.Integer when parameter.Maximum < int.MaxValue =>
            new JsonObject { ["type"] = "integer", ["minimum"] = parameter.Minimum, ["maximum"] = parameter.Maximum },
        ToolParameterKind.Integer => new JsonObject { ["type"] = "integer", ["minimum"] = parameter.Minimum },
        ToolParameterKind.Flag => new JsonObject { ["type"] = "boolean" },
        ToolParameterKind.Time => new JsonObject { ["type"] = new JsonArray("string", "integer") },
        ToolParameterKind.Direction => new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("Ascending", "Descending") },
        ToolParameterKind.Words => new JsonObject { ["type"] = new JsonArray("array", "string"), ["items"] = new JsonObject { ["type"] = "string" } },
        ToolParameterKind.Filter => new JsonObject { ["type"] = new JsonArray("object", "string") },
        ToolParameterKind.Json => new JsonObject { ["type"] = new JsonArray("object", "array", "string") },
        _ => new JsonObject { ["type"] = "string" },
    };
}
