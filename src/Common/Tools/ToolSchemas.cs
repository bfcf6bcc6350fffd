using System.Text.Json.Nodes;

namespace Common.Tools;

/// <summary>Writes the JSON schema of what a tool takes.</summary>
internal static class ToolSchemas
{
    /// <summary>The schema of the parameters, as short as it can be: an optional one is simply not required.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="spell">Spells names; null leaves them as they are.</param>
    public static JsonObject Brief(ToolDeclaration tool, Func<string, string>? spell = null) => Object(tool, spell, parameter =>
    {
        JsonObject property = Limits(parameter, Type(parameter));
        if (parameter.Description.Length > 0)
        {
            property["description"] = parameter.Description;
        }

        return property;
    });

    /// <summary>The schema with what a left-out parameter means: its default, or null, which may be spelled out.</summary>
    public static JsonObject WithDefaults(ToolDeclaration tool) => Object(tool, null, parameter =>
    {
        JsonObject property = new() { ["description"] = parameter.Description };
        foreach ((string name, JsonNode? value) in Type(parameter))
        {
            property[name] = name == "type" && !parameter.Required && parameter.Default is null ? OrNull(value!) : value!.DeepClone();
        }

        if (!parameter.Required)
        {
            property["default"] = parameter.Default?.DeepClone();
        }

        return Limits(parameter, property);
    });

    private static JsonObject Object(ToolDeclaration tool, Func<string, string>? spell, Func<ToolParameter, JsonObject> property)
    {
        string Spell(string name) => spell?.Invoke(name) ?? name;
        JsonObject schema = new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject(tool.Parameters.Select(parameter => KeyValuePair.Create(Spell(parameter.Name), (JsonNode?)property(parameter)))),
        };
        JsonArray required = [.. tool.Parameters.Where(parameter => parameter.Required).Select(parameter => (JsonNode)Spell(parameter.Name))];
        if (required.Count > 0)
        {
            schema["required"] = required;
        }

        return schema;
    }

    private static JsonArray OrNull(JsonNode type) =>
        type is JsonArray types ? [.. types.Select(one => one!.DeepClone()), (JsonNode)"null"] : [type.DeepClone(), (JsonNode)"null"];

    private static JsonObject Type(ToolParameter parameter) => parameter.Schema is { } written ? JsonNode.Parse(written)!.AsObject() : parameter.Kind switch
    {
        ToolParameterKind.Id => new JsonObject { ["type"] = new JsonArray("integer", "string"), ["minimum"] = 1 },
        ToolParameterKind.Integer => new JsonObject { ["type"] = "integer" },
        ToolParameterKind.Flag => new JsonObject { ["type"] = "boolean" },
        ToolParameterKind.Time => new JsonObject { ["type"] = new JsonArray("string", "integer") },
        ToolParameterKind.Choice => new JsonObject { ["type"] = "string", ["enum"] = new JsonArray([.. parameter.Choices.Select(word => (JsonNode)word)]) },
        ToolParameterKind.Words => new JsonObject { ["type"] = new JsonArray("array", "string"), ["items"] = new JsonObject { ["type"] = "string" } },
        ToolParameterKind.Texts => new JsonObject { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("string", "null") } },
        ToolParameterKind.Filter => new JsonObject { ["type"] = new JsonArray("object", "string") },
        ToolParameterKind.Json => new JsonObject { ["type"] = new JsonArray("object", "array", "string") },
        _ => new JsonObject { ["type"] = "string" },
    };

    private static JsonObject Limits(ToolParameter parameter, JsonObject property)
    {
        Add("minimum", parameter.Minimum);
        Add("maximum", parameter.Maximum);
        Add("pattern", parameter.Pattern);
        Add("minLength", parameter.Length?.Least);
        Add("maxLength", parameter.Length?.Most);
        return property;

        void Add(string name, JsonNode? value)
        {
            if (value is not null)
            {
                property[name] = value;
            }
        }
    }
}
