using System.Text.Json;
using System.Text.RegularExpressions;

namespace Shared.Json;

/// <summary>
/// Checks a document against a JSON Schema (draft-07): type, enum, const, required, properties, additionalProperties, items, minItems, maxLength, pattern,
/// if/then/else and local references. A word it does not know is an error, so that no rule is passed over in silence.
/// </summary>
public sealed class SchemaValidator(JsonElement schema)
{
    private static readonly HashSet<string> Annotations = ["$schema", "$id", "title", "description", "definitions", "examples", "default", "then", "else"];

    /// <summary>What breaks the schema, one sentence each; empty when nothing does.</summary>
    public IReadOnlyList<string> Validate(JsonElement document)
    {
        List<string> faults = [];
        Check(schema, document, "$", faults);
        return faults;
    }

    private void Check(JsonElement rule, JsonElement value, string at, List<string> faults)
    {
        if (rule.ValueKind is JsonValueKind.True or JsonValueKind.False)
        {
            Require(rule.ValueKind == JsonValueKind.True, "is forbidden");
            return;
        }

        foreach (JsonProperty word in rule.EnumerateObject())
        {
            switch (word.Name)
            {
                case "$ref":
                    Check(Resolve(word.Value.GetString()!), value, at, faults);
                    break;
                case "type":
                    Require(IsType(word.Value.GetString()!, value), $"is {value.ValueKind} and not {word.Value}");
                    break;
                case "enum":
                    Require(word.Value.EnumerateArray().Any(item => JsonElement.DeepEquals(item, value)), $"is {value} and none of {word.Value}");
                    break;
                case "const":
                    Require(JsonElement.DeepEquals(word.Value, value), $"is {value} and not {word.Value}");
                    break;
                case "maxLength" when value.ValueKind == JsonValueKind.String:
                    Require(value.GetString()!.EnumerateRunes().Count() <= word.Value.GetInt32(), $"is longer than {word.Value}");
                    break;
                case "pattern" when value.ValueKind == JsonValueKind.String:
                    Require(Regex.IsMatch(value.GetString()!, word.Value.GetString()!), $"'{value}' does not match {word.Value}");
                    break;
                case "required" when value.ValueKind == JsonValueKind.Object:
                    foreach (JsonElement name in word.Value.EnumerateArray())
                    {
                        Require(value.TryGetProperty(name.GetString()!, out _), $"has no {name}");
                    }

                    break;
                case "properties" when value.ValueKind == JsonValueKind.Object:
                    foreach (JsonProperty property in word.Value.EnumerateObject().Where(property => value.TryGetProperty(property.Name, out _)))
                    {
                        Check(property.Value, value.GetProperty(property.Name), $"{at}.{property.Name}", faults);
                    }

                    break;
                case "additionalProperties" when value.ValueKind == JsonValueKind.Object:
                    foreach (JsonProperty member in value.EnumerateObject().Where(member => !IsNamed(rule, member.Name)))
                    {
                        Check(word.Value, member.Value, $"{at}.{member.Name}", faults);
                    }

                    break;
                case "items" when value.ValueKind == JsonValueKind.Array:
                    int index = 0;
                    foreach (JsonElement item in value.EnumerateArray())
                    {
                        Check(word.Value, item, $"{at}[{index++}]", faults);
                    }

                    break;
                case "minItems" when value.ValueKind == JsonValueKind.Array:
                    Require(value.GetArrayLength() >= word.Value.GetInt32(), $"has fewer than {word.Value} items");
                    break;
                case "if":
                    List<string> unmet = [];
                    Check(word.Value, value, at, unmet);
                    if (rule.TryGetProperty(unmet.Count == 0 ? "then" : "else", out JsonElement branch))
                    {
                        Check(branch, value, at, faults);
                    }

                    break;
                case "maxLength" or "pattern" or "required" or "properties" or "additionalProperties" or "items" or "minItems":
                    break;
                default:
                    Require(Annotations.Contains(word.Name), $"cannot be checked: the validator does not know '{word.Name}'");
                    break;
            }
        }

        void Require(bool condition, string fault)
        {
            if (!condition)
            {
                faults.Add($"{at} {fault}");
            }
        }
    }

    private JsonElement Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate(schema, (element, name) => element.GetProperty(name));

    private static bool IsNamed(JsonElement rule, string name) =>
        rule.TryGetProperty("properties", out JsonElement properties) && properties.TryGetProperty(name, out _);

    private static bool IsType(string type, JsonElement value) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out _),
        "null" => value.ValueKind == JsonValueKind.Null,
        _ => false,
    };
}
