using System.Text.Json.Nodes;
using McpOptimizer.Core.Services.Calls.Results;

namespace McpOptimizer.Core.Services.Offerings;

/// <summary>Gives what was read or rendered the shape of a tool's result, so that limits and <c>read_result</c> serve it too.</summary>
internal static class OfferingResults
{
    private static readonly string[] PromptMembers = ["description", "messages"];

    /// <summary>Each content as an embedded resource: address, type, and text or data. What is no such content comes as the text of its JSON.</summary>
    public static JsonObject OfResource(JsonObject read)
    {
        JsonArray content = [];
        foreach (JsonNode? part in Items(read["contents"]))
        {
            content.Add((JsonNode)(part is JsonObject known ? new JsonObject { ["type"] = "resource", ["resource"] = known.DeepClone() } : Text(TextOf(part))));
        }

        return ResultShape.Complete(content.Count == 0 && read["contents"] is null ? Whole(read) : new JsonObject { ["content"] = content }, out _);
    }

    /// <summary>Texts behind their role; other blocks as they are, behind a line with the role. The whole as structured content.</summary>
    public static JsonObject OfPrompt(JsonObject rendered)
    {
        JsonArray content = [];
        foreach (JsonNode? message in Items(rendered["messages"]))
        {
            string role = message is JsonObject && message["role"] is JsonValue said ? said.ToString() : "user";
            JsonNode? body = message is JsonObject ? message["content"] : message;
            foreach (JsonNode? part in body is JsonArray parts ? parts : [body?.DeepClone()])
            {
                if (part is not JsonObject block)
                {
                    content.Add((JsonNode)Text($"{role}: {TextOf(part)}"));
                }
                else if (block["type"]?.ToString() is "text" or null && block["text"] is JsonValue text)
                {
                    content.Add((JsonNode)Text($"{role}: {text}"));
                }
                else
                {
                    content.Add((JsonNode)Text($"{role}:"));
                    content.Add(block.DeepClone());
                }
            }
        }

        JsonObject structured = [];
        foreach (string member in PromptMembers.Where(rendered.ContainsKey))
        {
            structured[member] = rendered[member]?.DeepClone();
        }

        return ResultShape.Complete(new JsonObject { ["content"] = content, ["structuredContent"] = structured }, out _);
    }

    private static JsonArray Items(JsonNode? node) => node switch
    {
        null => [],
        JsonArray list => list,
        _ => new JsonArray(node.DeepClone()),
    };

    // Nothing of the usual in it: what there is instead.
    private static JsonObject Whole(JsonObject odd) => odd.Count == 0 ? new JsonObject { ["content"] = new JsonArray() } : (JsonObject)odd.DeepClone();

    private static string TextOf(JsonNode? node) => node is JsonValue value && value.TryGetValue(out string? text) ? text : JsonText.Of(node);

    private static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };
}
