using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Horreum.Server.Llm;

/// <summary>Chat completions of OpenAI, of servers compatible with it, and on Azure.</summary>
internal sealed class OpenAiDialect(LlmSettings settings) : ILlmDialect
{
    private const string AzureVersion = "2024-02-15-preview";
    private static readonly string[] ReasoningModels = ["o1", "o3", "o4", "gpt-5"];

    public Uri Address { get; } = new(settings.Provider == LlmProvider.Azure
        ? $"{settings.BaseAddress}/openai/deployments/{Uri.EscapeDataString(settings.Deployment ?? settings.Model)}/chat/completions?api-version={AzureVersion}"
        : settings.BaseAddress + "/chat/completions");

    public void Authorize(HttpRequestMessage request)
    {
        if (settings.Provider == LlmProvider.Azure)
        {
            request.Headers.Add("api-key", settings.ApiKey);
        }
        else
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", settings.ApiKey);
        }
    }

    public JsonNode Ask(string text) => Message("user", text);

    public IEnumerable<JsonNode> Answer(IReadOnlyList<LlmToolResult> results) => results.Select(result => (JsonNode)new JsonObject
    {
        ["role"] = "tool",
        ["tool_call_id"] = result.Call.Id,
        ["content"] = result.Json,
    });

    public JsonObject Body(string system, IReadOnlyList<JsonNode> turns, IReadOnlyList<LlmTool> tools)
    {
        JsonObject body = new()
        {
            ["model"] = settings.Model,
            ["stream"] = false,
            ["messages"] = new JsonArray([Message("system", system), .. turns.Select(turn => turn.DeepClone())]),
            ["tools"] = new JsonArray([.. tools.Select(Function)]),
        };

        // Reasoning models refuse a temperature and have another name for the limit.
        if (Array.Exists(ReasoningModels, prefix => settings.Model.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)))
        {
            body["max_completion_tokens"] = LlmDialects.MaxTokens;
        }
        else
        {
            body["max_tokens"] = LlmDialects.MaxTokens;
            body["temperature"] = LlmDialects.Temperature;
        }

        return body;
    }

    public LlmReply Read(JsonNode answer)
    {
        JsonObject message = answer["choices"]?[0]?["message"] as JsonObject ?? throw new JsonException("no choices[0].message");
        string text = message["content"]?.GetValue<string>() ?? "";
        JsonObject turn = Message("assistant", text);
        if (message["tool_calls"] is not JsonArray { Count: > 0 } calls)
        {
            return new LlmReply(text, [], turn);
        }

        turn["tool_calls"] = calls.DeepClone();
        return new LlmReply(text, [.. calls.Select(Call)], turn);
    }

    private static LlmToolCall Call(JsonNode? call)
    {
        JsonNode function = call?["function"] ?? throw new JsonException("no function in a tool call");
        string name = function["name"]?.GetValue<string>() ?? throw new JsonException("no name in a tool call");
        return new LlmToolCall(call["id"]?.GetValue<string>(), name, function["arguments"]?.GetValue<string>() ?? "");
    }

    private static JsonObject Message(string role, string text) => new() { ["role"] = role, ["content"] = text };

    private static JsonObject Function(LlmTool tool) => new()
    {
        ["type"] = "function",
        ["function"] = new JsonObject
        {
            ["name"] = tool.Name,
            ["description"] = tool.Description,
            ["parameters"] = JsonObject.Create(tool.Schema),
        },
    };
}
