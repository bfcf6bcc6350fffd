using System.Globalization;
using System.Runtime.InteropServices;
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
    private const int LongestShown = 60;
    private const int LongestName = 100;
    private const int BytesPerStep = 32;

    private static readonly JsonElement NoItems = JsonElement.Parse("[]");

    private readonly SchemaRun _run;
    private readonly bool _isBranch;
    private readonly List<SchemaProblem> _problems = [];

    private SchemaValidator(SchemaRun run, bool isBranch = false)
    {
        _run = run;
        _isBranch = isBranch;
    }

    /// <summary>What does not fit; empty when everything does or cannot be told.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public static IReadOnlyList<SchemaProblem> Validate(JsonElement schema, JsonElement value, CancellationToken cancellationToken = default) =>
        Validate(schema, value, new SchemaRun(schema, cancellationToken));

    /// <summary>The same with what it may cost.</summary>
    public static IReadOnlyList<SchemaProblem> Validate(JsonElement schema, JsonElement value, SchemaRun run)
    {
        SchemaValidator validator = new(run);
        validator.Check(schema, value, "", 0);
        return validator._problems;
    }

    private void Check(JsonElement schema, JsonElement value, string path, int level)
    {
        if (schema.ValueKind == JsonValueKind.False)
        {
            Report(path, "must not be given");
        }

        if (schema.ValueKind != JsonValueKind.Object || level > DeepestLevel || _problems.Count >= MostProblems || !_run.TrySpend())
        {
            return;
        }

        if (Text(schema, "$ref") is { } reference)
        {
            Check(_run.Resolve(reference), value, path, level + 1);
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
                ScalarRules.CheckString(schema, value.GetString()!, _run, rule => Report(path, rule));
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

        if (schema.TryGetProperty("enum", out JsonElement choices) && choices.ValueKind == JsonValueKind.Array && !IsAmong(choices, value))
        {
            string[] words = [.. choices.EnumerateArray().Take(30).Select(Show)];
            Report(path, $"is {Show(value)}; it must be one of {string.Join(", ", words)}{(choices.GetArrayLength() > words.Length ? ", …" : "")}");
        }
    }

    // Out of means to compare with every choice the value passes.
    private bool IsAmong(JsonElement choices, JsonElement value) =>
        value.ValueKind == JsonValueKind.String
            ? _run.HoldsText(choices, value.GetString()!)
            : choices.EnumerateArray().Any(choice => !_run.TrySpend(CostOf(value)) || Same(choice, value));

    private void CheckObject(JsonElement schema, JsonElement value, string path, int level)
    {
        HashSet<string> required = [.. Items(schema, "required").Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)];
        Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            members[member.Name] = member.Value;
        }

        _run.TrySpend(required.Count + members.Count);
        IReadOnlyDictionary<string, JsonElement>? properties = schema.TryGetProperty("properties", out JsonElement known) && known.ValueKind == JsonValueKind.Object
            ? _run.MembersOf(known)
            : null;
        foreach (string name in required.Where(name => !members.ContainsKey(name)))
        {
            // Some generators list what has a default among the required ones: then the server knows what to take.
            bool isKnown = properties?.TryGetValue(name, out JsonElement own) == true && own.ValueKind == JsonValueKind.Object && own.TryGetProperty("default", out _);
            Report(Join(path, name), "is missing", isMissing: !isKnown && !_isBranch);
        }

        bool patterns = schema.TryGetProperty("patternProperties", out _);
        bool hasOthers = schema.TryGetProperty("additionalProperties", out JsonElement others);
        foreach ((string name, JsonElement member) in members)
        {
            if (properties is not null && properties.TryGetValue(name, out JsonElement inner))
            {
                // Models write null for "nothing"; whether that is right for an optional member the backend knows best.
                if (member.ValueKind != JsonValueKind.Null || required.Contains(name))
                {
                    Check(inner, member, Join(path, name), level + 1);
                }
            }
            else if (!patterns && hasOthers)
            {
                CheckUnknown(others, name, member, properties, path, level);
            }
        }

        CheckCount(schema, "minProperties", "maxProperties", members.Count, "members", path);
    }

    private void CheckUnknown(JsonElement others, string name, JsonElement member, IReadOnlyDictionary<string, JsonElement>? properties, string path, int level)
    {
        if (others.ValueKind == JsonValueKind.False)
        {
            string hint = properties is not null && _run.TrySpend(properties.Count) ? NearestName.Hint(name, properties.Keys) : "";
            Report(Join(path, name), "is not known." + hint);
        }
        else
        {
            Check(others, member, Join(path, name), level + 1);
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

    private bool HasDuplicates(JsonElement array)
    {
        HashSet<string> texts = new(StringComparer.Ordinal);
        List<JsonElement> others = [];
        foreach (JsonElement item in array.EnumerateArray())
        {
            if (!_run.TrySpend())
            {
                return false;
            }

            int cost = CostOf(item);
            bool twice = item.ValueKind == JsonValueKind.String
                ? !texts.Add(item.GetString()!)
                : others.Exists(other => _run.TrySpend(cost) && Same(item, other));
            if (twice)
            {
                return true;
            }

            if (item.ValueKind != JsonValueKind.String)
            {
                others.Add(item);
            }
        }

        return false;
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
            SchemaValidator attempt = new(_run, isBranch: true);
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

    private void Report(string path, string rule, bool isMissing = false)
    {
        if (_problems.Count < MostProblems)
        {
            _problems.Add(new SchemaProblem(path, rule, isMissing));
        }
    }

    private static bool Same(JsonElement a, JsonElement b) =>
        a.ValueKind == JsonValueKind.Number && b.ValueKind == JsonValueKind.Number && a.TryGetDouble(out double x) && b.TryGetDouble(out double y)
            ? x.Equals(y)
            : JsonElement.DeepEquals(a, b);

    // Comparing costs as much as the value is large.
    private static int CostOf(JsonElement value) => 1 + (JsonMarshal.GetRawUtf8Value(value).Length / BytesPerStep);

    private static string Show(JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                return "an object";
            case JsonValueKind.Array:
                return "an array";
            default:
                string text = JsonText.Of(value);
                return text.Length > LongestShown ? JsonText.Whole(text[..LongestShown]) + "…" : text;
        }
    }

    private static string Join(string path, string name)
    {
        string shown = name.Length > LongestName ? JsonText.Whole(name[..LongestName]) + "…" : name;
        return path.Length == 0 ? shown : $"{path}.{shown}";
    }

    private static string? Text(JsonElement schema, string keyword) =>
        schema.TryGetProperty(keyword, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static JsonElement.ArrayEnumerator Items(JsonElement schema, string keyword) =>
        (schema.TryGetProperty(keyword, out JsonElement value) && value.ValueKind == JsonValueKind.Array ? value : NoItems).EnumerateArray();
}
