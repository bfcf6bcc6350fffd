using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;

namespace ConformanceClient;

/// <summary>The one who calls through the optimizer: knows what the scenarios want called and answers what their servers ask.</summary>
internal static class Caller
{
    private const string ClientDocument = "https://conformance-test.local/client-metadata.json";
    private const string RichTool = "json_schema_2020_12_tool";
    private const string EchoTool = "json_schema_echo";

    /// <summary>Answers every question with the defaults that it names.</summary>
    public static CallContext Context { get; } = new()
    {
        SessionId = "conformance",
        AnswerableMethods = new HashSet<string> { CallerMethods.Elicit, CallerMethods.Sample },
        OnRequest = (request, _) => ValueTask.FromResult(request.Method == CallerMethods.Elicit ? Accept(request.Parameters) : Sampled()),
    };

    /// <summary>The entry's login, with what the scenario registered beforehand. The suite expects this document of clients that can have one.</summary>
    public static BackendOAuth OAuth(JsonObject given) => new()
    {
        ClientId = given["client_id"]?.GetValue<string>(),
        ClientSecret = given["client_secret"]?.GetValue<string>(),
        ClientMetadataUrl = given["client_id"] is null ? new Uri(ClientDocument) : null,
    };

    /// <summary>What to call: what the scenario says, else every tool once.</summary>
    public static IEnumerable<(string Tool, JsonObject Arguments)> CallsFor(IReadOnlyList<ToolDefinition> tools, JsonObject given)
    {
        if (given["toolCalls"] is JsonArray wanted)
        {
            return wanted.OfType<JsonObject>().Select(call => (call["name"]!.GetValue<string>(), (JsonObject)(call["arguments"]?.DeepClone() ?? new JsonObject())));
        }

        return tools.Select(tool => (tool.Name, Arguments(tool, tools)));
    }

    private static JsonObject Arguments(ToolDefinition tool, IReadOnlyList<ToolDefinition> tools)
    {
        if (tool.Name == EchoTool)
        {
            return new JsonObject { ["schema"] = SchemaOf(tools.First(other => other.Name == RichTool)) };
        }

        JsonObject arguments = [];
        foreach ((string name, JsonNode? schema) in SchemaOf(tool)["properties"] as JsonObject ?? [])
        {
            arguments[name] = Value(schema as JsonObject ?? []);
        }

        return arguments;
    }

    private static JsonObject SchemaOf(ToolDefinition tool) => (JsonObject)JsonNode.Parse(tool.Json.Span)!["inputSchema"]!.DeepClone();

    private static JsonObject Accept(JsonObject question)
    {
        JsonObject content = [];
        foreach ((string name, JsonNode? schema) in question["requestedSchema"]?["properties"] as JsonObject ?? [])
        {
            content[name] = Value(schema as JsonObject ?? []);
        }

        return new JsonObject { ["action"] = "accept", ["content"] = content };
    }

    private static JsonObject Sampled() => new()
    {
        ["role"] = "assistant",
        ["model"] = "conformance",
        ["content"] = new JsonObject { ["type"] = "text", ["text"] = "sampled" },
    };

    private static JsonNode? Value(JsonObject schema) => schema["default"]?.DeepClone()
        ?? (schema["enum"] as JsonArray)?.FirstOrDefault()?.DeepClone()
        ?? schema["type"]?.ToString() switch
        {
            "integer" or "number" => 5,
            "boolean" => true,
            "array" => new JsonArray(),
            "object" => new JsonObject(),
            _ => "text",
        };
}
