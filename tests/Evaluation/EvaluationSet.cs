using System.Text.Json;
using System.Text.Json.Nodes;

namespace Evaluation;

/// <summary>Tools and queries of one folder.</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Tools">All tools.</param>
/// <param name="Queries">All queries.</param>
public sealed record EvaluationSet(string Name, IReadOnlyList<EvaluationTool> Tools, IReadOnlyList<EvaluationQuery> Queries)
{
    /// <summary>Reads a set.</summary>
    /// <exception cref="FormatException">A line is not what it should be; the message names file and line.</exception>
    public static EvaluationSet Load(string folder)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        string queries = Path.Combine(folder, "queries.jsonl");
        return new EvaluationSet(name, LoadTools(folder), [.. ReadLines(queries).Select(ToQuery)]);
    }

    /// <summary>Reads the tools of a set.</summary>
    public static IReadOnlyList<EvaluationTool> LoadTools(string folder) => [.. ReadLines(Path.Combine(folder, "tools.jsonl")).Select(ToTool)];

    private static EvaluationTool ToTool(JsonObject line)
    {
        string server = Required(line, "server");
        string name = Required(line, "name");
        return new EvaluationTool(
            (string?)line["id"] ?? $"{server}/{name}", server, name, (string?)line["title"], (string?)line["description"],
            line["input_schema"]?.DeepClone() as JsonObject);
    }

    private static EvaluationQuery ToQuery(JsonObject line)
    {
        string? keywords = line["keywords"] switch
        {
            JsonArray words => string.Join(' ', words.Select(word => (string?)word)),
            { } text => (string?)text,
            null => null,
        };
        return new EvaluationQuery(Required(line, "id"), Required(line, "query"), keywords, [.. line["relevant"]!.AsArray().Select(id => (string)id!)]);
    }

    private static string Required(JsonObject line, string member) =>
        (string?)line[member] ?? throw new FormatException($"'{member}' is missing in {line.ToJsonString()[..Math.Min(120, line.ToJsonString().Length)]}");

    private static IEnumerable<JsonObject> ReadLines(string file)
    {
        int number = 0;
        foreach (string line in File.ReadLines(file))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
            {
                continue;
            }

            JsonObject value;
            try
            {
                value = JsonNode.Parse(line)!.AsObject();
            }
            catch (Exception fault) when (fault is JsonException or InvalidOperationException)
            {
                throw new FormatException($"{file}, line {number}: not a JSON object.", fault);
            }

            yield return value;
        }
    }
}
