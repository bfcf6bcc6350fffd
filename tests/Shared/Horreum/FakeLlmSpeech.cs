using System.Text.Json.Nodes;

namespace Shared.Horreum;

/// <summary>Puts a turn into a provider's words.</summary>
internal static class FakeLlmSpeech
{
    public static JsonObject Say(string path, FakeLlmTurn turn) => path.EndsWith("/messages", StringComparison.Ordinal) ? Anthropic(turn)
        : path.Contains(":generateContent", StringComparison.Ordinal) ? Gemini(turn)
        : OpenAi(turn);

    private static JsonObject OpenAi(FakeLlmTurn turn)
    {
        JsonObject message = new() { ["role"] = "assistant", ["content"] = turn.Calls.Length > 0 ? null : turn.Text };
        if (turn.Calls.Length > 0)
        {
            message["tool_calls"] = new JsonArray([.. turn.Calls.Select((call, index) => new JsonObject
            {
                ["id"] = $"call_{index}",
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = call.Name, ["arguments"] = call.Arguments },
            })]);
        }

        return new JsonObject { ["choices"] = new JsonArray(new JsonObject { ["message"] = message }) };
    }

    private static JsonObject Anthropic(FakeLlmTurn turn)
    {
        JsonArray content = new(new JsonObject { ["type"] = "text", ["text"] = turn.Text });
        foreach ((string name, string arguments) in turn.Calls)
        {
            content.Add((JsonNode)new JsonObject { ["type"] = "tool_use", ["id"] = $"toolu_{content.Count}", ["name"] = name, ["input"] = JsonNode.Parse(arguments) });
        }

        return new JsonObject { ["role"] = "assistant", ["content"] = content };
    }

    private static JsonObject Gemini(FakeLlmTurn turn)
    {
        JsonArray parts = turn.Calls.Length == 0 ? new JsonArray(new JsonObject { ["text"] = turn.Text }) : [];
        foreach ((string name, string arguments) in turn.Calls)
        {
            JsonObject call = new() { ["name"] = name, ["args"] = JsonNode.Parse(arguments) };
            parts.Add((JsonNode)new JsonObject { ["functionCall"] = call, ["thoughtSignature"] = "c2ln" });
        }

        return new JsonObject { ["candidates"] = new JsonArray(new JsonObject { ["content"] = new JsonObject { ["role"] = "model", ["parts"] = parts } }) };
    }
}
