using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary>
/// Lets results of backends through as they came. The SDK's classes know some members and rewrite others (dates, for example): they carry an empty
/// result, and what
/// came takes its place in the message.
/// </summary>
internal static class RawResults
{
    private const string Key = "McpOptimizer.Core.RawResult";

    private static readonly McpMessageFilter Filter = next => async (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcResponse { Result: JsonObject carrier } response && response.Context?.Items?.Remove(Key, out object? raw) == true && raw is JsonObject result)
        {
            response.Result = Merge(carrier, result);
        }

        await next(context, cancellationToken).ConfigureAwait(false);
    };

    /// <summary>Prepares a server.</summary>
    public static void Install(McpServerOptions server)
    {
        if (!server.Filters.Message.OutgoingFilters.Contains(Filter))
        {
            server.Filters.Message.OutgoingFilters.Add(Filter);
        }
    }

    /// <summary>Has a result sent as the answer to a request; false where the server is not prepared for it.</summary>
    public static bool TrySend(RequestContext<CallToolRequestParams> request, JsonObject result)
    {
        if (request.JsonRpcRequest.Context is not { } context || !request.Server.ServerOptions.Filters.Message.OutgoingFilters.Contains(Filter))
        {
            return false;
        }

        context.Items ??= new Dictionary<string, object?>();
        context.Items[Key] = result;
        return true;
    }

    // What the SDK adds (about itself, and by the version of the protocol) stands; the rest is the backend's.
    private static JsonObject Merge(JsonObject carrier, JsonObject result)
    {
        result.Remove("resultType");
        foreach ((string name, JsonNode? value) in carrier.ToArray())
        {
            if (name == "_meta" && value is JsonObject added && result["_meta"] is JsonObject own)
            {
                foreach ((string key, JsonNode? more) in added)
                {
                    own[key] = more?.DeepClone();
                }
            }
            else if (!result.ContainsKey(name))
            {
                result[name] = value?.DeepClone();
            }
        }

        return result;
    }
}
