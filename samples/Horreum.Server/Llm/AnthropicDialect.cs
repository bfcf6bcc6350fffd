using System.Text.Json;
using System.Text.Json.Nodes;

namespace Horreum.Server.Llm;

/// <summary>Messages of Anthropic.</summary>
internal sealed class AnthropicDialect(LlmSettings settings) : ILlmDialect
{
    public Uri Address { get; } = new(settings.BaseAddress + "/messages");

    public void Authorize(HttpRequestMessage request)
    {
        request.Headers.Add("x-api-key", settings.ApiKey);
        request.Headers.Add("anthropic-version", "2023-06-01");
    }

    public JsonNode Ask(string text) => new JsonObject { ["role"] = "user", ["content"] = text };

    public IEnumerable<JsonNode> Answer(IReadOnlyList<LlmToolResult> results) =>
    [
        new JsonObject { ["role"] = "user", ["content"] = new JsonArray([.. results.Select(Result)]) },
    ];

    public JsonObject Body(string system, IReadOnlyList<JsonNode> turns, IReadOnlyList<LlmTool> tools) => new()
    {
        ["model"] = settings.Model,
        ["max_tokens"] = LlmDialects.MaxTokens,
        ["temperature"] = LlmDialects.Temperature,
        ["system"] = system,
        ["messages"] = new JsonArray([.. turns.Select(turn => turn.DeepClone())]),
        ["tools"] = new JsonArray([.. tools.Select(Function)]),
    };

    public LlmReply Read(JsonNode answer)
    {
        JsonArray content = answer["content"] as JsonArray ?? throw new JsonException("no content");
        string text = string.Concat(content.Where(part => Is(part, "text")).Select(part => part!["text"]?.GetValue<string>()));
        LlmToolCall[] calls = [.. content.Where(part => Is(part, "tool_use")).Select(part => Call(part!))];
        return new LlmReply(text, calls, new JsonObject { ["role"] = "assistant", ["content"] = content.DeepClone() });
    }

    private static bool Is(JsonNode? part, string type) => part?["type"]?.GetValue<string>() == type;

    private static LlmToolCall Call(JsonNode part)
    {
        string name = part["name"]?.GetValue<string>() ?? throw new JsonException("no name in a tool call");
        return new LlmToolCall(part["id"]?.GetValue<string>(), name, part["input"]?.ToJsonString() ?? "");
    }

    private static JsonObject Result(LlmToolResult result) => new()
    {
        ["type"] = "tool_result",
        ["tool_use_id"] = result.Call.Id,
        ["content"] = result.Json,
        ["is_error"] = result.IsError,
    };

    private static JsonObject Function(LlmTool tool) => new()
    {
        ["name"] = tool.Name,
        ["description"] = tool.Description,
        ["input_schema"] = JsonObject.Create(tool.Schema),
    };
}
