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
    /// <exception cref="InputRequiredException">The backend asks something; the SDK turns this into the answer that says so.</exception>
    public static CallToolResult ResultOf(ToolCallOutcome outcome)
    {
        if (outcome.Status == ToolCallStatus.InputRequired)
        {
            Dictionary<string, InputRequest> questions = outcome.Questions!.ToDictionary(
                entry => entry.Key, entry => new InputRequest { Method = entry.Value.Method, Params = JsonElement.Parse(entry.Value.Parameters.ToJsonString()) });
            throw new InputRequiredException(questions, outcome.State);
        }

        JsonObject json = outcome.Result;
        if (json["content"] is JsonArray content)
        {
            for (int at = 0; at < content.Count; at++)
            {
                if (!IsReadable(content[at]))
                {
                    // The SDK has no class for it; as text nothing is lost.
                    content[at] = new JsonObject { ["type"] = "text", ["text"] = content[at]?.ToJsonString() ?? "null" };
                }
            }
        }
        else
        {
            json["content"] = new JsonArray();
        }

        return json.Deserialize((System.Text.Json.Serialization.Metadata.JsonTypeInfo<CallToolResult>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult)))!;
    }

    private static bool IsReadable(JsonNode? block)
    {
        try
        {
            return block.Deserialize(McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ContentBlock))) is not null;
        }
        catch (JsonException)
        {
            return false;
        }
    }

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
