using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary>Repairs requests whose texts hold half a character, as careless cutting leaves it: the SDK would answer that an error occurred.</summary>
internal static class WholeRequests
{
    private static readonly McpMessageFilter Filter = next => async (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcRequest { Method: RequestMethods.ToolsCall, Params: { } parameters } && !IsWhole(parameters))
        {
            JsonText.Whole(parameters);
        }

        await next(context, cancellationToken).ConfigureAwait(false);
    };

    /// <summary>Prepares a server.</summary>
    public static void Install(McpServerOptions server)
    {
        if (!server.Filters.Message.IncomingFilters.Contains(Filter))
        {
            server.Filters.Message.IncomingFilters.Insert(0, Filter);
        }
    }

    private static bool IsWhole(JsonNode parameters)
    {
        try
        {
            JsonText.WriteBytes(writer => parameters.WriteTo(writer));
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
