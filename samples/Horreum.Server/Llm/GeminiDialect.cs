using System.Text.Json;
using System.Text.Json.Nodes;

namespace Horreum.Server.Llm;

/// <summary>Content generation of Gemini. The key goes into a header: addresses end up in logs.</summary>
internal sealed class GeminiDialect(LlmSettings settings) : ILlmDialect
{
    public Uri Address { get; } = new($"{settings.BaseAddress}/models/{Uri.EscapeDataString(settings.Model)}:generateContent");

    public void Authorize(HttpRequestMessage request)
    {
        request.Headers.Add("x-goog-api-key", settings.ApiKey);
        if (settings.Project is not null)
        {
            request.Headers.Add("x-goog-user-project", settings.Project);
        }
    }

    public JsonNode Ask(string text) => Content("user", Text(text));

    public IEnumerable<JsonNode> Answer(IReadOnlyList<LlmToolResult> results) => [Content("user", [.. results.Select(Result)])];

    public JsonObject Body(string system, IReadOnlyList<JsonNode> turns, IReadOnlyList<LlmTool> tools) => new()
    {
        ["systemInstruction"] = new JsonObject { ["parts"] = new JsonArray(Text(system)) },
        ["contents"] = new JsonArray([.. turns.Select(turn => turn.DeepClone())]),
        ["tools"] = new JsonArray(new JsonObject { ["functionDeclarations"] = new JsonArray([.. tools.Select(Function)]) }),
        ["generationConfig"] = new JsonObject { ["temperature"] = LlmDialects.Temperature, ["maxOutputTokens"] = LlmDialects.MaxTokens },
    };

    public LlmReply Read(JsonNode answer)
    {
        JsonObject content = answer["candidates"]?[0]?["content"] as JsonObject ?? throw new JsonException("no candidates[0].content");
        JsonArray parts = content["parts"] as JsonArray ?? [];
        string text = string.Concat(parts.Where(part => part?["thought"] is null).Select(part => part?["text"]?.GetValue<string>()));
        LlmToolCall[] calls = [.. parts.Select(part => part?["functionCall"]).OfType<JsonObject>().Select(Call)];
        return new LlmReply(text, calls, content.DeepClone());
    }

    private static LlmToolCall Call(JsonObject call)
    {
        string name = call["name"]?.GetValue<string>() ?? throw new JsonException("no name in a function call");
        return new LlmToolCall(call["id"]?.GetValue<string>(), name, call["args"]?.ToJsonString() ?? "");
    }

    private static JsonObject Result(LlmToolResult result)
    {
        JsonObject response = new() { ["name"] = result.Call.Name, ["response"] = new JsonObject { ["result"] = JsonNode.Parse(result.Json, documentOptions: LlmDialects.Deep) } };
        if (result.Call.Id is { } id)
        {
            response["id"] = id;
        }

        return new JsonObject { ["functionResponse"] = response };
    }

    private static JsonObject Content(string role, params JsonNode[] parts) => new() { ["role"] = role, ["parts"] = new JsonArray(parts) };

    private static JsonObject Text(string text) => new() { ["text"] = text };

    private static JsonObject Function(LlmTool tool) => new()
    {
        ["name"] = tool.Name,
        ["description"] = tool.Description,
        ["parametersJsonSchema"] = JsonObject.Create(tool.Schema),
    };
}
