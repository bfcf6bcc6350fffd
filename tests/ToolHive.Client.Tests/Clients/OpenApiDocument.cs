using System.Text.Json.Nodes;
using Shared.Conventions;
using Shared.ToolHive;

namespace ToolHive.Client.Tests.Clients;

/// <summary>ToolHive's own API description, as far as requests need it.</summary>
internal sealed class OpenApiDocument
{
    private readonly JsonObject _root;

    private OpenApiDocument(JsonObject root) => _root = root;

    /// <summary>Every operation as "METHOD /path/{template}".</summary>
    public IReadOnlyList<string> Operations =>
        [.. _root["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(operation => $"{operation.Key.ToUpperInvariant()} {path.Key}"))];

    /// <summary>The document, or null when it does not lie beside the repository.</summary>
    public static OpenApiDocument? TryLoad()
    {
        string path = Path.Combine(SourceConvention.RepositoryRoot(), "..", "shared", "openapi", "toolhive.json");
        return File.Exists(path) ? new OpenApiDocument(JsonNode.Parse(File.ReadAllText(path))!.AsObject()) : null;
    }

    /// <summary>The operation that a request belongs to; null when there is none.</summary>
    public string? Find(JournalEntry request) => Operations
        .Where(operation => operation.StartsWith(request.Method + " ", StringComparison.Ordinal) && Matches(operation[(request.Method.Length + 1)..], request.Path))
        .MinBy(operation => operation.Count(c => c == '{'));

    /// <summary>What is wrong with a request, one sentence each.</summary>
    public IEnumerable<string> Check(JournalEntry request)
    {
        if (Find(request) is not { } operation)
        {
            yield return $"{request}: no such operation";
            yield break;
        }

        string path = operation.Split(' ')[1];
        JsonObject description = _root["paths"]![path]![request.Method.ToLowerInvariant()]!.AsObject();
        foreach (string fault in CheckQuery(request, description).Concat(CheckBody(request, description)))
        {
            yield return $"{operation}: {fault}";
        }
    }

    private static bool Matches(string template, string path)
    {
        string[] wanted = template.Split('/');
        string[] got = path.Split('/');
        return wanted.Length == got.Length && wanted.Zip(got).All(pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : pair.First == pair.Second);
    }

    private static IEnumerable<string> CheckQuery(JournalEntry request, JsonObject description)
    {
        Dictionary<string, JsonNode> known = (description["parameters"]?.AsArray() ?? [])
            .Where(parameter => (string?)parameter!["in"] == "query")
            .ToDictionary(parameter => (string)parameter!["name"]!, parameter => parameter!);
        Dictionary<string, string> given = request.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2)).ToDictionary(pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        foreach ((string name, string value) in given)
        {
            if (!known.TryGetValue(name, out JsonNode? parameter))
            {
                yield return $"query parameter '{name}' is not declared";
                continue;
            }

            bool fits = (string?)parameter["schema"]?["type"] switch
            {
                "boolean" => value is "true" or "false",
                "integer" => int.TryParse(value, out _),
                _ => parameter["schema"]?["enum"] is not JsonArray words || words.Any(word => (string?)word == value),
            };
            if (!fits)
            {
                yield return $"query parameter '{name}' cannot be '{value}'";
            }
        }

        foreach (string missing in known.Where(parameter => (bool?)parameter.Value["required"] == true && !given.ContainsKey(parameter.Key)).Select(parameter => parameter.Key))
        {
            yield return $"query parameter '{missing}' is missing";
        }
    }

    private IEnumerable<string> CheckBody(JournalEntry request, JsonObject description)
    {
        JsonNode? body = description["requestBody"];
        if (body is null)
        {
            return request.Body.Length == 0 ? [] : ["has a body, which is not declared"];
        }

        if (request.Body.Length == 0)
        {
            return (bool?)body["required"] == true ? ["the body is missing"] : [];
        }

        JsonNode schema = body["content"]!["application/json"]!["schema"]!;

        // The descriptions offer "object" beside the real shape; only the real one says anything.
        JsonNode real = schema["oneOf"] is JsonArray choices ? choices.Single(choice => choice!["$ref"] is not null)! : schema;
        return CheckValue(request.Json, real, "body");
    }

    private IEnumerable<string> CheckValue(JsonNode? value, JsonNode schema, string at)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            return CheckValue(value, _root["components"]!["schemas"]![reference.Split('/')[^1]]!, at);
        }

        if (schema["allOf"] is JsonArray all)
        {
            return all.SelectMany(part => CheckValue(value, part!, at));
        }

        if (schema["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value)))
        {
            return [$"{at} cannot be {value?.ToJsonString()}"];
        }

        return (string?)schema["type"] switch
        {
            "object" when value is JsonObject members => CheckMembers(members, schema, at),
            "array" when value is JsonArray items => items.SelectMany((item, index) => CheckValue(item, schema["items"]!, $"{at}[{index}]")),
            "string" when value?.GetValueKind() == System.Text.Json.JsonValueKind.String => [],
            "boolean" when value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => [],
            "integer" when value?.GetValueKind() == System.Text.Json.JsonValueKind.Number => [],
            null => [],
            string type => [$"{at} must be {type}, not {value?.ToJsonString() ?? "null"}"],
        };
    }

    private IEnumerable<string> CheckMembers(JsonObject members, JsonNode schema, string at)
    {
        foreach ((string name, JsonNode? value) in members)
        {
            JsonNode? member = schema["properties"]?[name] ?? (schema["additionalProperties"] is JsonObject any ? any : null);
            if (member is null && schema["properties"] is not null)
            {
                yield return $"{at}.{name} is not declared";
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
