using System.Text.Json.Nodes;

namespace McpOptimizer.Core.Services.Offerings;

/// <summary>Gives what was read or rendered the shape of a tool's result, so that limits and <c>read_result</c> serve it too.</summary>
internal static class OfferingResults
{
    private static readonly string[] PromptMembers = ["description", "messages"];

    /// <summary>Each content as an embedded resource: address, type, and text or data.</summary>
    public static JsonObject OfResource(JsonObject read)
    {
        JsonArray content = [];
        foreach (JsonObject part in (read["contents"] as JsonArray ?? []).OfType<JsonObject>())
        {
            content.Add((JsonNode)new JsonObject { ["type"] = "resource", ["resource"] = part.DeepClone() });
        }

        return new JsonObject { ["content"] = content };
    }

    /// <summary>Texts behind their role; other blocks as they are, behind a line with the role. The whole as structured content.</summary>
    public static JsonObject OfPrompt(JsonObject rendered)
    {
        JsonArray content = [];
        foreach (JsonObject message in (rendered["messages"] as JsonArray ?? []).OfType<JsonObject>())
        {
            string role = message["role"]?.ToString() ?? "user";
            if (message["content"] is JsonObject block && block["type"]?.ToString() != "text")
            {
                content.Add((JsonNode)Text($"{role}:"));
                content.Add(block.DeepClone());
            }
            else
            {
                content.Add((JsonNode)Text($"{role}: {message["content"]?["text"]}"));
            }
        }

        JsonObject structured = [];
        foreach (string member in PromptMembers.Where(rendered.ContainsKey))
        {
            structured[member] = rendered[member]?.DeepClone();
        }

        return new JsonObject { ["content"] = content, ["structuredContent"] = structured };
    }

    private static JsonObject Text(string text) => new() { ["type"] = "text", ["text"] = text };
}
