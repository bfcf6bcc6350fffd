using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpOptimizer.Core.Services.Calls.Validation;

/// <summary>
/// Gives values the kind that their schema asks for where there is one reading only: models write <c>"5"</c> for 5, <c>"true"</c> for true, 5 for a text,
/// and objects as the text of their JSON. Everything else is left to the server.
/// </summary>
internal sealed class ArgumentConverter
{
    private const int DeepestLevel = 64;

    private static readonly string[] Choices = ["anyOf", "oneOf"];

    private readonly SchemaRun _run;

    private ArgumentConverter(SchemaRun run) => _run = run;

    /// <summary>The arguments with each value in the kind asked for; the same element when nothing changes.</summary>
    /// <exception cref="OperationCanceledException">Nobody waits any more.</exception>
    public static JsonElement Convert(JsonElement schema, JsonElement arguments, CancellationToken cancellationToken = default) =>
        Convert(schema, arguments, new SchemaRun(schema, cancellationToken));

    /// <summary>The same with what it may cost.</summary>
    public static JsonElement Convert(JsonElement schema, JsonElement arguments, SchemaRun run) =>
        new ArgumentConverter(run).Rewrite(schema, arguments, 0) is { } changed
            ? JsonElement.Parse(JsonText.Of(changed), JsonText.Reading)
            : arguments;

    /// <summary>Whether a schema names an argument.</summary>
    public static bool Knows(JsonElement schema, string name) =>
        schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("properties", out JsonElement properties) && properties.ValueKind == JsonValueKind.Object
        && properties.TryGetProperty(name, out _);

    // Null when nothing changes.
    private JsonNode? Rewrite(JsonElement schema, JsonElement value, int level)
    {
        if (level > DeepestLevel || schema.ValueKind != JsonValueKind.Object || !_run.TrySpend())
        {
            return null;
        }

        SchemaTypes allowed = TypesOf(schema, level, out bool whole);
        SchemaTypes own = KindOf(value);
        if ((allowed & own) == 0)
        {
            JsonElement? read = Read(value, allowed, whole);
            return read is null ? null : Rewrite(schema, read.Value, level + 1) ?? Node(read.Value);
        }

        JsonElement inner = BranchFor(schema, own, level);
        return own switch
        {
            SchemaTypes.Map => RewriteMap(inner, value, level),
            SchemaTypes.List => RewriteList(inner, value, level),
            _ => null,
        };
    }

    private JsonObject? RewriteMap(JsonElement schema, JsonElement value, int level)
    {
        IReadOnlyDictionary<string, JsonElement>? properties = schema.ValueKind == JsonValueKind.Object
            && schema.TryGetProperty("properties", out JsonElement known) && known.ValueKind == JsonValueKind.Object
                ? _run.MembersOf(known)
                : null;
        JsonElement others = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("additionalProperties", out JsonElement rest) ? rest : default;
        JsonObject? changed = null;
        foreach (JsonProperty member in value.EnumerateObject())
        {
            JsonElement inner = properties is not null && properties.TryGetValue(member.Name, out JsonElement own) ? own : others;
            if (Rewrite(inner, member.Value, level + 1) is { } node)
            {
                changed ??= (JsonObject)Node(value);
                changed[member.Name] = node;
            }
        }

        return changed;
    }

    private JsonArray? RewriteList(JsonElement schema, JsonElement value, int level)
    {
        if (schema.ValueKind != JsonValueKind.Object || !schema.TryGetProperty("items", out JsonElement inner) || inner.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        JsonArray? changed = null;
        int at = 0;
        foreach (JsonElement item in value.EnumerateArray())
        {
            if (Rewrite(inner, item, level + 1) is { } node)
            {
                changed ??= (JsonArray)Node(value);
                changed[at] = node;
            }

            at++;
        }

        return changed;
    }

    // The schema itself, or the one alternative that speaks of this kind of value.
    private JsonElement BranchFor(JsonElement schema, SchemaTypes kind, int level)
    {
        schema = Follow(schema);
        if (schema.ValueKind != JsonValueKind.Object || schema.TryGetProperty("properties", out _) || schema.TryGetProperty("items", out _))
        {
            return schema;
        }

        JsonElement[] fitting = [.. Alternatives(schema).Where(branch => (TypesOf(branch, level + 1, out _) & kind) != 0)];
        return fitting is [JsonElement only] ? BranchFor(only, kind, level + 1) : schema;
    }

    private SchemaTypes TypesOf(JsonElement schema, int level, out bool whole)
    {
        whole = false;
        schema = Follow(schema);
        if (level > DeepestLevel || schema.ValueKind != JsonValueKind.Object || !_run.TrySpend())
        {
            return SchemaTypes.Any;
        }

        if (schema.TryGetProperty("type", out JsonElement type))
        {
            SchemaTypes named = type.ValueKind switch
            {
                JsonValueKind.String => TypeOf(type.GetString()!),
                JsonValueKind.Array => type.EnumerateArray().Aggregate(SchemaTypes.None, (all, word) => all | (word.ValueKind == JsonValueKind.String ? TypeOf(word.GetString()!) : SchemaTypes.Any)),
                _ => SchemaTypes.Any,
            };
            whole = type.ValueKind == JsonValueKind.String ? type.ValueEquals("integer") : !Names(type, "number");
            return named | (schema.TryGetProperty("nullable", out JsonElement nullable) && nullable.ValueKind == JsonValueKind.True ? SchemaTypes.Nothing : SchemaTypes.None);
        }

        if (schema.TryGetProperty("enum", out JsonElement choices) && choices.ValueKind == JsonValueKind.Array && _run.TrySpend(choices.GetArrayLength()))
        {
            return choices.EnumerateArray().Aggregate(SchemaTypes.None, (all, choice) => all | KindOf(choice));
        }

        SchemaTypes either = SchemaTypes.None;
        foreach (JsonElement branch in Alternatives(schema))
        {
            either |= TypesOf(branch, level + 1, out bool wholeBranch);
            whole |= wholeBranch;
        }

        return either == SchemaTypes.None ? SchemaTypes.Any : either;
    }

    private JsonElement Follow(JsonElement schema)
    {
        for (int hops = 0; hops < DeepestLevel && schema.ValueKind == JsonValueKind.Object
            && schema.TryGetProperty("$ref", out JsonElement reference) && reference.ValueKind == JsonValueKind.String && _run.TrySpend(); hops++)
        {
            schema = _run.Resolve(reference.GetString()!);
        }

        return schema;
    }

    private static IEnumerable<JsonElement> Alternatives(JsonElement schema) => Choices
        .Where(keyword => schema.TryGetProperty(keyword, out JsonElement list) && list.ValueKind == JsonValueKind.Array)
        .SelectMany(keyword => schema.GetProperty(keyword).EnumerateArray());

    // What the value means as one of the kinds allowed; null unless it means something as exactly one of them.
    private static JsonElement? Read(JsonElement value, SchemaTypes allowed, bool whole)
    {
        if (value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
        {
            return (allowed & ~SchemaTypes.Nothing) == SchemaTypes.Text ? JsonElement.Parse($"\"{value.GetRawText()}\"") : null;
        }

        if (value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        string text = value.GetString()!.Trim();
        JsonElement[] readings = [.. new[]
        {
            (allowed & SchemaTypes.Number) == 0 ? null : ReadNumber(text, whole),
            (allowed & SchemaTypes.Flag) == 0 ? null : ReadFlag(text),
            (allowed & (SchemaTypes.Map | SchemaTypes.List)) == 0 ? null : ReadContainer(text, allowed),
        }.OfType<JsonElement>()];
        return readings is [JsonElement only] ? only : null;
    }

    private static JsonElement? ReadNumber(string text, bool whole)
    {
        if (text.Length is 0 or > 400 || !(char.IsAsciiDigit(text[^1]) && (char.IsAsciiDigit(text[0]) || text[0] == '-')))
        {
            return null;
        }

        try
        {
            JsonElement number = JsonElement.Parse(text);
            return number.ValueKind == JsonValueKind.Number
                && (!whole || (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) && Math.Floor(real) == real)) ? number : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement? ReadFlag(string text) => bool.TryParse(text, out bool flag) ? JsonElement.Parse(flag ? "true" : "false") : null;

    private static JsonElement? ReadContainer(string text, SchemaTypes allowed) =>
        text.StartsWith('{') || text.StartsWith('[') ? LooseJson.TryRead(text, out JsonElement read, out _) && (KindOf(read) & allowed) != 0 ? read : null : null;

    private static bool Names(JsonElement types, string word) =>
        types.ValueKind == JsonValueKind.Array && types.EnumerateArray().Any(type => type.ValueKind == JsonValueKind.String && type.ValueEquals(word));

    private static SchemaTypes TypeOf(string word) => word switch
    {
        "string" => SchemaTypes.Text,
        "number" or "integer" => SchemaTypes.Number,
        "boolean" => SchemaTypes.Flag,
        "object" => SchemaTypes.Map,
        "array" => SchemaTypes.List,
        "null" => SchemaTypes.Nothing,
        _ => SchemaTypes.Any,
    };

    private static SchemaTypes KindOf(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => SchemaTypes.Text,
        JsonValueKind.Number => SchemaTypes.Number,
        JsonValueKind.True or JsonValueKind.False => SchemaTypes.Flag,
        JsonValueKind.Object => SchemaTypes.Map,
        JsonValueKind.Array => SchemaTypes.List,
        _ => SchemaTypes.Nothing,
    };

    private static JsonNode Node(JsonElement value) => JsonText.Parse(value.GetRawText())!;
}
