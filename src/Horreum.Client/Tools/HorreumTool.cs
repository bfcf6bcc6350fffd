using System.Text.Json;
using System.Text.Json.Nodes;
using Horreum.Client.Models;

namespace Horreum.Client.Tools;

/// <summary>A tool, whichever way it is called: over MCP, or over HTTP where its name has a prefix. It reads, and asks Horreum, unless it says otherwise.</summary>
internal sealed record HorreumTool : ToolDeclaration
{
    public HorreumTool()
    {
        Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: true);
    }

    /// <summary>The hints of a tool that can be answered without Horreum.</summary>
    public static ToolHints Local { get; } = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false);

    /// <summary>Names under which older callers know it; callable, not listed.</summary>
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>Does it.</summary>
    public required Func<ToolArguments, CancellationToken, Task<ToolResult>> RunAsync { get; init; }

    /// <summary>The JSON schema of its answers; null when it answers JSON of any shape.</summary>
    public Func<ContractJson, JsonNode>? OutputSchema { get; init; }

    /// <summary>The schema of what it takes, in a spelling.</summary>
    public JsonObject Input(ContractNaming naming) => ToolSchemas.Brief(this, ContractJson.For(naming).Name);

    /// <summary>The schema of what is answered as structured content, which must be an object.</summary>
    public JsonElement? Output(ContractNaming naming)
    {
        if (OutputSchema is null)
        {
            return null;
        }

        JsonNode schema = OutputSchema(ContractJson.For(naming));
        JsonObject root = schema is JsonObject { } found && IsObject(found)
            ? found
            : new JsonObject { ["type"] = "object", ["properties"] = new JsonObject { ["items"] = schema }, ["required"] = new JsonArray("items") };
        root["type"] = "object";
        return JsonElement.Parse(root.ToJsonString());
    }

    private static bool IsObject(JsonObject schema) => schema["type"] switch
    {
        JsonValue word => word.GetValue<string>() == "object",
        JsonArray words => words.Any(word => word?.GetValue<string>() == "object"),
        _ => false,
    };
}
