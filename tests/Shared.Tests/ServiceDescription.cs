using System.Text.Json;
using System.Text.Json.Nodes;
using Shared.Conventions;

namespace Shared.Tests;

/// <summary>A real service's own description (OpenAPI 3 or Swagger 2), as far as its answers need it.</summary>
internal sealed class ServiceDescription
{
    private readonly JsonObject _root;

    private ServiceDescription(JsonObject root) => _root = root;

    /// <summary>The description in <c>../shared/openapi</c>; null when it does not lie beside the repository.</summary>
    public static ServiceDescription? TryLoad(string name)
    {
        string path = Path.Combine(SourceConvention.RepositoryRoot(), "..", "shared", "openapi", name);
        return File.Exists(path) ? new ServiceDescription(JsonNode.Parse(File.ReadAllText(path))!.AsObject()) : null;
    }

    /// <summary>What an answer has that the service's description does not know, one sentence each.</summary>
    public IEnumerable<string> Check(string method, string path, int status, JsonNode? body)
    {
        string? template = _root["paths"]!.AsObject().Where(entry => entry.Value![method.ToLowerInvariant()] is not null && Matches(entry.Key, path))
            .Select(entry => entry.Key).MinBy(entry => entry.Count(letter => letter == '{'));
        if (template is null)
        {
            return [$"{method} {path}: no such operation"];
        }

        JsonNode? answer = _root["paths"]![template]![method.ToLowerInvariant()]!["responses"]?[status.ToString(System.Globalization.CultureInfo.InvariantCulture)];
        JsonNode? schema = answer?["schema"] ?? answer?["content"]?["application/json"]?["schema"];
        return schema is null || body is null ? [] : CheckValue(body, schema, $"{method} {template} {status}: body");
    }

    private static bool Matches(string template, string path)
    {
        string[] wanted = template.Split('/');
        string[] got = path.Split('/');
        return wanted.Length == got.Length && wanted.Zip(got).All(pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : pair.First == pair.Second);
    }

    private IEnumerable<string> CheckValue(JsonNode? value, JsonNode schema, string at)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            string name = reference.Split('/')[^1].Replace("~1", "/", StringComparison.Ordinal);
            if (name == "uuid.NullUUID")
            {
                // Go writes it as a text or null, whatever the generator made of its fields.
                return value is null || value.GetValueKind() == JsonValueKind.String ? [] : [$"{at} is no text"];
            }

            JsonNode? target = _root["components"]?["schemas"]?[name] ?? _root["definitions"]?[name];
            return target is null ? [$"{at}: the description lacks {reference}"] : CheckValue(value, target, at);
        }

        if (value is null)
        {
            // Descriptions seldom say what may be null.
            return [];
        }

        if ((schema["oneOf"] ?? schema["anyOf"]) is JsonArray choices)
        {
            return choices.Any(choice => !CheckValue(value, choice!, at).Any()) ? [] : [$"{at} fits none of the shapes that are described"];
        }

        if (schema["allOf"] is JsonArray parts)
        {
            return parts.SelectMany(part => CheckValue(value, part!, at));
        }

        if (schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
        {
            return [$"{at} cannot be {value.ToJsonString()}"];
        }

        string[] types = schema["type"] is JsonArray several ? [.. several.Select(type => (string)type!)] : (string?)schema["type"] is { } one ? [one] : [];
        JsonValueKind kind = value.GetValueKind();
        if (types.Length > 0 && !types.Any(type => Fits(type, kind)))
        {
            return [$"{at} is {kind}, but must be {string.Join(" or ", types)}"];
        }

        return value switch
        {
            JsonArray items when schema["items"] is { } element => items.SelectMany((item, index) => CheckValue(item, element, $"{at}[{index}]")),
            JsonObject members => CheckMembers(members, schema, at),
            _ => [],
        };
    }

    private static bool Fits(string type, JsonValueKind kind) => type switch
    {
        "object" => kind == JsonValueKind.Object,
        "array" => kind == JsonValueKind.Array,
        "string" => kind == JsonValueKind.String,
        "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
        "integer" or "number" => kind == JsonValueKind.Number,
        _ => kind == JsonValueKind.Null,
    };

    private IEnumerable<string> CheckMembers(JsonObject members, JsonNode schema, string at)
    {
        foreach ((string name, JsonNode? value) in members)
        {
            // Go writes fields without a tag by their own names, and the description in small letters.
            JsonNode? member = schema["properties"]?.AsObject().FirstOrDefault(property => property.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value ?? (schema["additionalProperties"] is JsonObject any ? any : null);
            if (member is null && schema["properties"] is not null && schema["additionalProperties"] is null)
            {
                yield return $"{at}.{name} is not described";
            }
            else if (member is not null)
            {
                foreach (string fault in CheckValue(value, member, $"{at}.{name}"))
                {
                    yield return fault;
                }
            }
        }
    }
}
