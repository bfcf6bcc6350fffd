using System.Globalization;
using System.Text.Json;

namespace McpOptimizer.Core.Services.Calls.Validation;

/// <summary>
/// Checks values against the JSON Schema keywords that tools use. What it does not understand it lets pass: a value is only refused when it cannot be right.
/// For the same reason <c>oneOf</c> is satisfied by several branches, and <c>not</c>, <c>if</c> and <c>format</c> are not looked at.
/// </summary>
internal sealed class SchemaValidator
{
    private const int DeepestLevel = 64;
    private const int MostProblems = 10;

    private static readonly JsonElement NoItems = JsonElement.Parse("[]");

    private readonly JsonElement _root;
    private readonly SchemaBudget _budget;
    private readonly List<SchemaProblem> _problems = [];

    private SchemaValidator(JsonElement root, SchemaBudget budget)
    {
        _root = root;
        _budget = budget;
    }

    /// <summary>What does not fit; empty when everything does or cannot be told.</summary>
    public static IReadOnlyList<SchemaProblem> Validate(JsonElement schema, JsonElement value)
    {
        SchemaValidator validator = new(schema, new SchemaBudget());
        validator.Check(schema, value, "", 0);
        return validator._problems;
    }

    private void Check(JsonElement schema, JsonElement value, string path, int level)
    {
        if (schema.ValueKind == JsonValueKind.False)
        {
            Report(path, "must not be given");
        }

        if (schema.ValueKind != JsonValueKind.Object || level > DeepestLevel || _problems.Count >= MostProblems || !_budget.TrySpend())
        {
            return;
        }

        if (Text(schema, "$ref") is { } reference)
        {
            Check(SchemaReference.Resolve(_root, reference), value, path, level + 1);
        }

        if (!CheckType(schema, value, path))
        {
            return;
        }

        CheckChoice(schema, value, path);
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                CheckObject(schema, value, path, level);
                break;
            case JsonValueKind.Array:
                CheckArray(schema, value, path, level);
                break;
            case JsonValueKind.String:
                ScalarRules.CheckString(schema, value.GetString()!, rule => Report(path, rule));
                break;
            case JsonValueKind.Number:
                ScalarRules.CheckNumber(schema, value, rule => Report(path, rule));
                break;
        }

        foreach (JsonElement all in Items(schema, "allOf"))
        {
            Check(all, value, path, level + 1);
        }

        CheckBranches(schema, "anyOf", value, path, level);
        CheckBranches(schema, "oneOf", value, path, level);
    }

    private bool CheckType(JsonElement schema, JsonElement value, string path)
    {
        if (!schema.TryGetProperty("type", out JsonElement type))
        {
            return true;
        }

        string[] types = type.ValueKind switch
        {
            JsonValueKind.String => [type.GetString()!],
            JsonValueKind.Array => [.. type.EnumerateArray().Where(word => word.ValueKind == JsonValueKind.String).Select(word => word.GetString()!)],
            _ => [],
        };
        bool nullable = value.ValueKind == JsonValueKind.Null && schema.TryGetProperty("nullable", out JsonElement flag) && flag.ValueKind == JsonValueKind.True;
        if (types.Length == 0 || nullable || Array.Exists(types, word => IsOfType(value, word)))
        {
            return true;
        }

        Report(path, $"is {Show(value)}; it must be of type {string.Join(" or ", types)}");
        return false;
    }

    private static bool IsOfType(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && (!value.TryGetDouble(out double number) || Math.Floor(number) == number),
        _ => true,
    };

    private void CheckChoice(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("const", out JsonElement only) && !Same(only, value))
        {
            Report(path, $"is {Show(value)}; it must be {Show(only)}");
        }

        if (schema.TryGetProperty("enum", out JsonElement choices) && choices.ValueKind == JsonValueKind.Array && !choices.EnumerateArray().Any(choice => Same(choice, value)))
        {
            string[] words = [.. choices.EnumerateArray().Take(30).Select(Show)];
            Report(path, $"is {Show(value)}; it must be one of {string.Join(", ", words)}{(choices.GetArrayLength() > words.Length ? ", …" : "")}");
        }
    }

    private void CheckObject(JsonElement schema, JsonElement value, string path, int level)
    {
        HashSet<string> required = [.. Items(schema, "required").Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)];
        foreach (string name in required.Where(name => !value.TryGetProperty(name, out _)))
        {
            Report(Join(path, name), "is missing");
        }

        JsonElement properties = schema.TryGetProperty("properties", out JsonElement known) && known.ValueKind == JsonValueKind.Object ? known : default;
        bool patterns = schema.TryGetProperty("patternProperties", out _);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            if (properties.ValueKind == JsonValueKind.Object && properties.TryGetProperty(member.Name, out JsonElement inner))
            {
                // Models write null for "nothing"; whether that is right for an optional member the backend knows best.
                if (member.Value.ValueKind != JsonValueKind.Null || required.Contains(member.Name))
                {
                    Check(inner, member.Value, Join(path, member.Name), level + 1);
                }
            }
            else if (!patterns && schema.TryGetProperty("additionalProperties", out JsonElement others))
            {
                CheckUnknown(others, member, properties, path, level);
            }
        }

        CheckCount(schema, "minProperties", "maxProperties", value.EnumerateObject().Count(), "members", path);
    }

    private void CheckUnknown(JsonElement others, JsonProperty member, JsonElement properties, string path, int level)
    {
        if (others.ValueKind == JsonValueKind.False)
        {
            string hint = properties.ValueKind == JsonValueKind.Object ? NearestName.Hint(member.Name, properties.EnumerateObject().Select(property => property.Name)) : "";
            Report(Join(path, member.Name), "is not known." + hint);
        }
        else
        {
            Check(others, member.Value, Join(path, member.Name), level + 1);
        }
    }

    private void CheckArray(JsonElement schema, JsonElement value, string path, int level)
    {
        JsonElement[] first = [.. Items(schema, "prefixItems")];
        bool uniform = schema.TryGetProperty("items", out JsonElement rest) && rest.ValueKind is JsonValueKind.Object or JsonValueKind.False;
        int at = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (at < first.Length)
            {
                Check(first[at], item, $"{path}[{at}]", level + 1);
            }
            else if (uniform)
            {
                Check(rest, item, $"{path}[{at}]", level + 1);
            }

            at++;
        }

        CheckCount(schema, "minItems", "maxItems", at, "items", path);
        if (schema.TryGetProperty("uniqueItems", out JsonElement unique) && unique.ValueKind == JsonValueKind.True && at <= 1_000 && HasDuplicates(value))
        {
            Report(path, "holds an item twice");
        }
    }

    private static bool HasDuplicates(JsonElement array)
    {
        JsonElement[] items = [.. array.EnumerateArray()];
        return items.Where((item, at) => items.Take(at).Any(other => Same(item, other))).Any();
    }

    private void CheckCount(JsonElement schema, string least, string most, int count, string what, string path)
    {
        if (ScalarRules.Number(schema, least) is { } min && count < min)
        {
            Report(path, string.Create(CultureInfo.InvariantCulture, $"has {count} {what}; at least {min} are needed"));
        }

        if (ScalarRules.Number(schema, most) is { } max && count > max)
        {
            Report(path, string.Create(CultureInfo.InvariantCulture, $"has {count} {what}; at most {max} are allowed"));
        }
    }

    private void CheckBranches(JsonElement schema, string keyword, JsonElement value, string path, int level)
    {
        List<SchemaProblem>? closest = null;
        foreach (JsonElement branch in Items(schema, keyword))
        {
            SchemaValidator attempt = new(_root, _budget);
            attempt.Check(branch, value, path, level + 1);
            if (attempt._problems.Count == 0)
            {
                return;
            }

            closest = closest is null || attempt._problems.Count < closest.Count ? attempt._problems : closest;
        }

        if (closest is not null)
        {
            Report(path, $"fits none of the alternatives; the nearest fails because {closest[0]}");
        }
    }

    private void Report(string path, string rule)
    {
        if (_problems.Count < MostProblems)
        {
            _problems.Add(new SchemaProblem(path, rule));
        }
    }

    private static bool Same(JsonElement a, JsonElement b) =>
        a.ValueKind == JsonValueKind.Number && b.ValueKind == JsonValueKind.Number && a.TryGetDouble(out double x) && b.TryGetDouble(out double y)
            ? x.Equals(y)
            : JsonElement.DeepEquals(a, b);

    private static string Show(JsonElement value)
    {
        string text = value.GetRawText();
        return value.ValueKind switch
        {
            JsonValueKind.Object => "an object",
            JsonValueKind.Array => "an array",
            _ => text.Length > 60 ? text[..60] + "…" : text,
        };
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string? Text(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement schema, string keyword) =>
        (schema.TryGetProperty(keyword, out JsonElement value) && value.ValueKind == JsonValueKind.Array ? value : NoItems).EnumerateArray();
}
