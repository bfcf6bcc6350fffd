using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary>Connects a call with the MCP session it came from: progress out, questions out and answers in, and results as the SDK wants them.</summary>
internal static class CallerBridge
{
    private const string PerRequestEra = "2026-07-28";

    // The SDK writes 64 levels; its own envelope takes some of them.
    private const int DeepestMember = 46;

    /// <summary>What a backend can ask and tell the caller of this request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="caller">Who calls, and with which credentials.</param>
    public static CallContext ContextOf(RequestContext<CallToolRequestParams> request, CallerIdentity caller)
    {
        McpServer server = request.Server;
        string? version = request.JsonRpcRequest.Context?.ProtocolVersion ?? server.NegotiatedProtocolVersion;
        bool later = string.CompareOrdinal(version, PerRequestEra) >= 0;
        ClientCapabilities? can = later ? request.JsonRpcRequest.Context?.ClientCapabilities ?? server.ClientCapabilities : server.ClientCapabilities;
        HashSet<string> methods = new(StringComparer.Ordinal);
        if (can?.Elicitation is not null)
        {
            methods.Add(CallerMethods.Elicit);
        }

#pragma warning disable MCP9005 // Deprecated in the protocol, and still what many clients offer.
        if (can?.Sampling is not null)
        {
            methods.Add(CallerMethods.Sample);
        }
#pragma warning restore MCP9005

        return new CallContext
        {
            SessionId = server.SessionId,
            Caller = caller.Subject,
            Authorization = caller.Authorization,
            HostAuthorization = caller.HostAuthorization,
            AnswerableMethods = methods,
            // In sessions of the handshake era the SDK turns the question into a request to the client and calls the tool again with the answer.
            AnswersLater = methods.Count > 0 && (later || server.IsMrtrSupported),
            OnRequest = methods.Count == 0 || later ? null : (question, token) => AskAsync(server, question, token),
            OnProgress = request.Params?.ProgressToken is { } progressToken ? (progress, token) => ReportAsync(server, progressToken, progress, token) : null,
        };
    }

    /// <summary>The part of a request that continues an earlier one.</summary>
    public static ToolCallRequest WithAnswers(ToolCallRequest call, RequestContext<CallToolRequestParams> request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Params?.RequestState is not { Length: > 0 } state
            ? call
            : call with { State = state, Answers = request.Params.InputResponses?.ToDictionary(entry => entry.Key, entry => entry.Value.RawValue) };
    }

    /// <summary>The outcome as the tool's answer.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="request">What it answers.</param>
    /// <exception cref="InputRequiredException">The backend asks something; the SDK turns this into the answer that says so.</exception>
    public static CallToolResult ResultOf(ToolCallOutcome outcome, RequestContext<CallToolRequestParams> request)
    {
        if (outcome.Status == ToolCallStatus.InputRequired)
        {
            Dictionary<string, InputRequest> questions = outcome.Questions!.ToDictionary(
                entry => entry.Key, entry => new InputRequest { Method = entry.Value.Method, Params = JsonElement.Parse(JsonText.Of(entry.Value.Parameters), JsonText.Reading) });
            throw new InputRequiredException(questions, outcome.State);
        }

        JsonObject json = ForReading(outcome.Result, outcome.Measure ?? ResultMeasure.Of(outcome.Result), TakesAnyStructure(request));
        return RawResults.TrySend(request, json)
            ? new CallToolResult { Content = [], IsError = (bool?)json["isError"] }
            : json.Deserialize((System.Text.Json.Serialization.Metadata.JsonTypeInfo<CallToolResult>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult)))!;
    }

    /// <summary>The result with members that every client can take: blocks of unknown kinds, and what is nested too deep, as the text of their JSON.</summary>
    /// <param name="result">The result; changed.</param>
    /// <param name="measure">What is known of it.</param>
    /// <param name="anyStructure">Whether structured content may be something else than an object.</param>
    public static JsonObject ForReading(JsonObject result, ResultMeasure measure, bool anyStructure = true)
    {
        if (result["content"] is not JsonArray content)
        {
            content = [];
            result["content"] = content;
        }

        for (int at = 0; at < content.Count; at++)
        {
            if ((measure.IsDeep && IsTooDeep(content[at])) || !IsReadable(content[at]))
            {
                content[at] = new JsonObject { ["type"] = "text", ["text"] = JsonText.Of(content[at]) };
            }
        }

        if (result["structuredContent"] is { } structured && ((measure.IsDeep && IsTooDeep(structured)) || (structured is not JsonObject && !anyStructure)))
        {
            // As text nothing is lost; most servers write it there themselves.
            result.Remove("structuredContent");
            string text = JsonText.Of(structured);
            if (!content.OfType<JsonObject>().Any(block => IsTextOf(block, structured, text)))
            {
                content.Add((JsonNode)new JsonObject { ["type"] = "text", ["text"] = text });
            }
        }

        string[] deep = measure.IsDeep
            ? [.. result.Where(member => member.Key is not ("content" or "structuredContent") && IsTooDeep(member.Value)).Select(member => member.Key)]
            : [];
        foreach (string member in deep)
        {
            result[member] = JsonText.Of(result[member]);
        }

        return result;
    }

    // Protocols before 2026-07-28 know objects only.
    private static bool TakesAnyStructure(RequestContext<CallToolRequestParams> request) =>
        string.CompareOrdinal(request.JsonRpcRequest.Context?.ProtocolVersion ?? request.Server.NegotiatedProtocolVersion, PerRequestEra) >= 0;

    private static bool IsTooDeep(JsonNode? node) =>
        node is JsonObject or JsonArray && JsonText.IsDeeperThan(JsonText.WriteBytes(writer => node.WriteTo(writer)).Span, DeepestMember);

    private static bool IsTextOf(JsonObject block, JsonNode structured, string text)
    {
        if (block["text"] is not JsonValue value || !value.TryGetValue(out string? own))
        {
            return false;
        }

        try
        {
            return own == text || (own.Length <= 4 * text.Length && JsonNode.DeepEquals(JsonText.Parse(own), structured));
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // Clients refuse a whole result for one block that they do not know.
    private static bool IsReadable(JsonNode? block) => block is JsonObject map && Text(map, "type") switch
    {
        "text" => Text(map, "text") is not null,
        "image" or "audio" => Text(map, "data") is not null && Text(map, "mimeType") is not null,
        "resource_link" => Text(map, "uri") is not null && Text(map, "name") is not null,
        "resource" => map["resource"] is JsonObject resource && Text(resource, "uri") is not null && (Text(resource, "text") is not null || Text(resource, "blob") is not null),
        _ => false,
    };

    private static string? Text(JsonObject block, string member) => block[member] is JsonValue value && value.TryGetValue(out string? text) ? text : null;

    // Sent as it came, so that members the SDK does not know reach the caller too.
    private static async ValueTask<JsonObject> AskAsync(McpServer server, CallerRequest question, CancellationToken cancellationToken)
    {
        JsonRpcRequest message = new() { Method = question.Method, Params = question.Parameters.DeepClone() };
        JsonRpcResponse response = await server.SendRequestAsync(message, cancellationToken).ConfigureAwait(false);
        return response.Result as JsonObject ?? throw new McpException("the caller's answer is not an object");
    }

    private static async ValueTask ReportAsync(McpServer server, ProgressToken token, CallProgress progress, CancellationToken cancellationToken) =>
        await server.NotifyProgressAsync(
            token,
            new ProgressNotificationValue { Progress = (float)progress.Progress, Total = (float?)progress.Total, Message = progress.Message },
            cancellationToken: cancellationToken).ConfigureAwait(false);
}
