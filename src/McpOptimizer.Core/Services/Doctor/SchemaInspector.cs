using System.Text.Json;
using McpOptimizer.Core.Services.Calls.Validation;

namespace McpOptimizer.Core.Services.Doctor;

/// <summary>Looks for what clients and model APIs refuse, or stumble over, in a schema.</summary>
internal static class SchemaInspector
{
    private const int Deepest = 64;

    private static readonly string[] Types = ["object", "array", "string", "number", "integer", "boolean", "null"];
    private static readonly string[] Nested = ["items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"];
    private static readonly string[] Lists = ["anyOf", "oneOf", "allOf", "prefixItems"];
    private static readonly string[] Maps = ["properties", "$defs", "definitions", "patternProperties"];

    /// <summary>What is wrong with the schemas of a definition, one sentence each.</summary>
    public static IReadOnlyList<string> FindFaults(JsonElement definition)
    {
        List<string> faults = [];
        if (!definition.TryGetProperty("inputSchema", out JsonElement input))
        {
            return ["It has no inputSchema; MCP requires one of type object."];
        }

        if (input.ValueKind != JsonValueKind.Object)
        {
            return ["Its inputSchema is not an object."];
        }

        if (!input.TryGetProperty("type", out JsonElement type) || type.ValueKind != JsonValueKind.String || type.GetString() != "object")
        {
            faults.Add("Its inputSchema is not of type object; MCP requires that.");
        }

        Walk(input, input, "inputSchema", faults, 0);
        if (definition.TryGetProperty("outputSchema", out JsonElement output))
        {
            Walk(output, output, "outputSchema", faults, 0);
        }

        return faults;
    }

    /// <summary>The parameters of a tool.</summary>
    public static IEnumerable<JsonProperty> Parameters(JsonElement definition) =>
        definition.TryGetProperty("inputSchema", out JsonElement schema) && schema.ValueKind == JsonValueKind.Object
        && schema.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object
            ? properties.EnumerateObject()
            : Enumerable.Empty<JsonProperty>();

    private static void Walk(JsonElement root, JsonElement schema, string path, List<string> faults, int depth)
    {
        if (schema.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            return;
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            faults.Add($"{path} is no schema: it is neither an object nor true or false.");
            return;
        }

        if (depth > Deepest)
        {
            faults.Add($"{path} is nested more than {Deepest} levels deep.");
            return;
        }

        CheckWords(root, schema, path, faults);
        foreach (string name in Nested)
        {
            if (schema.TryGetProperty(name, out JsonElement inner))
            {
                // Older drafts: an array of schemas, one a place.
                foreach (JsonElement one in name == "items" && inner.ValueKind == JsonValueKind.Array ? inner.EnumerateArray() : Enumerable.Repeat(inner, 1))
                {
                    Walk(root, one, $"{path}.{name}", faults, depth + 1);
                }
            }
        }

        foreach (string name in Lists)
        {
            if (schema.TryGetProperty(name, out JsonElement list))
            {
                if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
                {
                    faults.Add($"{path}.{name} is no list of schemas.");
                    continue;
                }

                foreach (JsonElement one in list.EnumerateArray())
                {
                    Walk(root, one, $"{path}.{name}", faults, depth + 1);
                }
            }
        }

        foreach (string name in Maps)
        {
            if (schema.TryGetProperty(name, out JsonElement map))
            {
                if (map.ValueKind != JsonValueKind.Object)
                {
                    faults.Add($"{path}.{name} is not an object.");
                    continue;
                }

                foreach (JsonProperty one in map.EnumerateObject())
                {
                    Walk(root, one.Value, $"{path}.{one.Name}", faults, depth + 1);
                }
            }
        }
    }

    private static void CheckWords(JsonElement root, JsonElement schema, string path, List<string> faults)
    {
        if (schema.TryGetProperty("$ref", out JsonElement reference)
            && (reference.ValueKind != JsonValueKind.String || (reference.GetString()!.StartsWith('#') && !SchemaReference.TryResolve(root, reference.GetString()!, out _))))
        {
            faults.Add($"{path} refers to {reference.GetRawText()}, which is not in the schema.");
        }

        if (schema.TryGetProperty("type", out JsonElement type))
        {
            IEnumerable<JsonElement> words = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray() : Enumerable.Repeat(type, 1);
            foreach (JsonElement word in words.Where(word => word.ValueKind != JsonValueKind.String || !Types.Contains(word.GetString(), StringComparer.Ordinal)))
            {
                faults.Add($"{path} has the type {word.GetRawText()}; JSON Schema knows {string.Join(", ", Types)}.");
            }
        }

        if (schema.TryGetProperty("enum", out JsonElement choices) && (choices.ValueKind != JsonValueKind.Array || choices.GetArrayLength() == 0))
        {
            faults.Add($"{path} has an enum that allows nothing.");
        }

        if (!schema.TryGetProperty("required", out JsonElement required))
        {
            return;
        }

        if (required.ValueKind != JsonValueKind.Array || required.EnumerateArray().Any(name => name.ValueKind != JsonValueKind.String))
        {
            faults.Add($"{path}.required is no list of names.");
        }
        else if (schema.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object
            && required.EnumerateArray().FirstOrDefault(name => !properties.TryGetProperty(name.GetString()!, out _)) is { ValueKind: JsonValueKind.String } missing)
        {
            faults.Add($"{path} requires '{missing.GetString()}', which is none of its properties.");
        }
    }
}
