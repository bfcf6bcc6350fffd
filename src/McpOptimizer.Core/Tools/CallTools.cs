using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Calls.Results;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Tools;

/// <summary>Tools that run the tools of backends, and read what they answered.</summary>
internal static class CallTools
{
    /// <summary><c>call_tool</c>: runs a tool of a backend and hands its answer through.</summary>
    public static OptimizerTool Call(IToolCallService calls, IVisibilityService visibility) => new()
    {
        Name = "call_tool",
        Title = "Call a tool",
        Description = "Runs a tool that find_tool found, on its server, and returns its answer unchanged. parameters must fit the tool's inputSchema.",
        Hints = new(ReadOnly: false, Destructive: true, Idempotent: false, OpenWorld: true),
        Parameters =
        [
            OptimizerParameters.Name(
                "server_name",
                "mcp_server_name of the tool, as find_tool gave it. May be left out when the tool's name, or its name behind the server's, is unambiguous."),
            OptimizerParameters.Name("tool_name", "name of the tool, as find_tool gave it.") with { Required = true },
            new("parameters", ToolParameterKind.Json, "Arguments of the tool, as its inputSchema asks for them.") { Schema = """{"type":"object"}""" },
        ],
        TakesOthers = true,
        RunAsync = async (call, caller, token) =>
        {
            ToolCallRequest request = CallerBridge.WithAnswers(Read(call), call.Request);
            CallContext context = CallerBridge.ContextOf(call.Request, caller);
            return CallerBridge.ResultOf(await calls.CallAsync(request, visibility.ScopeOf(caller), context, token).ConfigureAwait(false), call.Request);
        },
    };

    /// <summary><c>call_tools</c>: several calls in one request.</summary>
    public static OptimizerTool CallMany(IToolCallService calls, IVisibilityService visibility)
    {
        OptimizerTool one = Call(calls, visibility);
        one = one with { Name = "call_tools", Parameters = [.. one.Parameters.Select(parameter => parameter with { Description = "" })] };
        return new()
        {
            Name = "call_tools",
            Title = "Call several tools",
            Description = "Runs several independent tool calls at the same time. Results come in the order of the calls, each with its own error if it failed.",
            Hints = one.Hints,
            Parameters =
            [
                new("calls", ToolParameterKind.Json, "")
                {
                    Required = true,
                    Schema = $$"""{"type":"array","minItems":1,"items":{{JsonText.Of(ToolSchemas.Brief(one))}}}""",
                    Expected = "an array of {server_name, tool_name, parameters}",
                },
            ],
            Output = AnswerSchemas.Batch,
            RunAsync = async (call, caller, token) =>
            {
                ToolCallRequest[] requests = [.. ListOf(call).EnumerateArray().Select((item, at) => Read(one, item, at))];

                // A question of one backend cannot be put to the caller from within a batch, and reports of several calls under one mark would
                // contradict each other.
                CallContext context = CallerBridge.ContextOf(call.Request, caller) with { OnRequest = null, OnProgress = null, AnswersLater = false };
                return Answer(await calls.CallManyAsync(requests, visibility.ScopeOf(caller), context, token).ConfigureAwait(false));
            },
        };
    }

    /// <summary><c>read_result</c>: the rest of a result that was cut.</summary>
    public static OptimizerTool ReadResult(IToolCallService calls, SharedResults shared) => new()
    {
        Name = "read_result",
        Title = "Read a cut result",
        Description = "Reads on in a result that call_tool had to cut: by page, or by offset and length in characters. "
            + "The handle stands in the notice of the cut result.",
        Hints = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false),
        Parameters =
        [
            OptimizerParameters.Name("handle") with { Required = true },
            new("block", ToolParameterKind.Integer, "One content block; all text without it.") { Minimum = 0 },
            new("page", ToolParameterKind.Integer, "") { Minimum = 1 },
            new("offset", ToolParameterKind.Integer, "First character to read.") { Minimum = 0 },
            new("length", ToolParameterKind.Integer, "") { Minimum = 1, Maximum = 1_000_000 },
        ],
        RunAsync = async (call, caller, token) =>
        {
            StoredResultQuery query = new()
            {
                Handle = call.Text("handle"),
                Block = call.OptionalInteger("block"),
                Page = call.OptionalInteger("page"),
                Offset = call.OptionalInteger("offset"),
                Length = call.OptionalInteger("length"),
            };
            await shared.BringAsync(query.Handle, token).ConfigureAwait(false);
            StoredResultPage page = calls.ReadResult(query, CallerBridge.ContextOf(call.Request, caller));
            if (page.Block is not null)
            {
                JsonObject block = new() { ["content"] = new JsonArray(page.Block.DeepClone()) };
                return CallerBridge.ResultOf(new ToolCallOutcome { Status = ToolCallStatus.Succeeded, Result = block }, call.Request);
            }

            string end = page.NextOffset is { } next ? $"\n[{page.Offset}–{next} of {page.TotalLength} characters; read on with offset {next}]" : "";
            return new CallToolResult { Content = [new TextContentBlock { Text = page.Text + end }] };
        },
    };

    // An array, also one written as the text of its JSON.
    private static JsonElement ListOf(ToolCall call) => call.Json("calls") switch
    {
        { ValueKind: JsonValueKind.Array } list => list,
        { ValueKind: JsonValueKind.String } text
            when LooseJson.TryRead(text.GetString()!, out JsonElement read, out _) && read.ValueKind == JsonValueKind.Array => read,
        _ => throw call.Wrong("calls"),
    };

    private static ToolCallRequest Read(OptimizerTool one, JsonElement item, int at) => item.ValueKind == JsonValueKind.Object
        ? Read(new ToolArguments(
            one, item.EnumerateObject().DistinctBy(member => member.Name).Select(member => KeyValuePair.Create(member.Name, member.Value))))
        : throw ToolArgumentException.Wrong(one, $"calls[{at}]", item, "an object with server_name, tool_name and parameters");

    private static ToolCallRequest Read(ToolArguments call)
    {
        // The names as the answers of find_tool have them.
        string? server = call.OptionalText("server_name") ?? Take(call.Others, "mcp_server_name");
        string? tool = call.OptionalText("tool_name") ?? Take(call.Others, "name");
        return new ToolCallRequest
        {
            ServerName = server,
            ToolName = tool,
            Arguments = call.Values.GetValueOrDefault("parameters"),
            Others = call.Others is { Count: > 0 } others ? others : null,
        };
    }

    private static string? Take(Dictionary<string, JsonElement>? others, string name)
    {
        if (others is null || !others.TryGetValue(name, out JsonElement value) || value.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        others.Remove(name);
        return value.GetString();
    }

    private static CallToolResult Answer(IReadOnlyList<ToolCallOutcome> outcomes) => OptimizerTool.Json(ToolJson.Build(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("results"u8);
        foreach (ToolCallOutcome outcome in outcomes)
        {
            CallerBridge.ForReading(outcome.Result, outcome.Measure ?? ResultMeasure.Of(outcome.Result)).WriteTo(writer);
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }));
}
