using System.Text.Json.Nodes;

namespace McpOptimizer.Server.Api;

/// <summary>Schemas of the answers that the package writes itself.</summary>
internal static class ApiSchemas
{
    /// <summary>What <c>ExplanationAnswer</c> writes.</summary>
    public static JsonObject Explanation() => Object(
        ("confidence", Of("number"), true),
        ("candidates", Of("integer"), true),
        ("hits", List(Hit()), true),
        ("tool", Object(
            ("asked", Of("string"), true),
            ("placement", Of("string"), true),
            ("reason", Of("string"), true),
            ("rank", Of("integer"), false),
            ("hit", Hit(), false),
            ("ahead", List(Hit()), false)), false));

    /// <summary>What <c>DoctorAnswer</c> writes.</summary>
    public static JsonObject Report() => Object(
        ("servers", Of("integer"), true),
        ("tools", Of("integer"), true),
        ("tokens", Of("integer"), true),
        ("found_first", Of("integer"), true),
        ("found_among_five", Of("integer"), true),
        ("findings", List(Object(
            ("severity", Of("string"), true),
            ("code", Of("string"), true),
            ("tool", Of("string"), true),
            ("message", Of("string"), true),
            ("suggestion", Of("string"), false),
            ("effect", Of("string"), false),
            ("others", List(Of("string")), false))), true));

    private static JsonObject Hit() => Object(
        ("tool", Of("string"), true),
        ("score", Of("number"), true),
        ("lexical_rank", Of("integer"), false),
        ("lexical_score", Of("number"), false),
        ("semantic_rank", Of("integer"), false),
        ("semantic_score", Of("number"), false),
        ("semantic_weight", Of("number"), true),
        ("matched_terms", List(Of("string")), true));

    private static JsonObject Of(string type) => new() { ["type"] = type };

    private static JsonObject List(JsonObject items) => new() { ["type"] = "array", ["items"] = items };

    private static JsonObject Object(params (string Name, JsonObject Schema, bool IsRequired)[] members) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray([.. members.Where(member => member.IsRequired).Select(member => JsonValue.Create(member.Name))]),
        ["properties"] = new JsonObject(members.Select(member => KeyValuePair.Create<string, JsonNode?>(member.Name, member.Schema))),
    };
}
