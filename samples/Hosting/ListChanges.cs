using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hosting;

/// <summary>
/// Answers <c>subscriptions/listen</c>: tells one client, for as long as it listens, when the tools, prompts or resources of this server change.
/// The SDK's own answer grants nothing over HTTP, where each request has a server of its own.
/// </summary>
internal static class ListChanges
{
    public static async ValueTask<EmptyResult> ListenAsync(RequestContext<SubscriptionsListenRequestParams> request, CancellationToken cancellationToken)
    {
        McpServerOptions offered = request.Server.ServerOptions;
        SubscriptionsListenNotifications? wanted = request.Params?.Notifications;
        Channel<string> changes = Channel.CreateUnbounded<string>();
        List<Action> unsubscribe = [];
        JsonObject granted = [];
        Grant(wanted?.ToolsListChanged, "toolsListChanged", NotificationMethods.ToolListChangedNotification, offered.ToolCollection);
        Grant(wanted?.PromptsListChanged, "promptsListChanged", NotificationMethods.PromptListChangedNotification, offered.PromptCollection);
        Grant(wanted?.ResourcesListChanged, "resourcesListChanged", NotificationMethods.ResourceListChangedNotification, offered.ResourceCollection);
        try
        {
            await SendAsync(NotificationMethods.SubscriptionsAcknowledgedNotification, new JsonObject { ["notifications"] = granted });
            await foreach (string method in changes.Reader.ReadAllAsync(cancellationToken))
            {
                await SendAsync(method, []);
            }
        }
        finally
        {
            unsubscribe.ForEach(end => end());
        }

        return new EmptyResult();

        void Grant<T>(bool? asked, string member, string method, McpServerPrimitiveCollection<T>? collection)
            where T : IMcpServerPrimitive
        {
            if (asked != true || collection is null)
            {
                return;
            }

            granted[member] = true;
            void Tell(object? sender, EventArgs e) => changes.Writer.TryWrite(method);
            collection.Changed += Tell;
            unsubscribe.Add(() => collection.Changed -= Tell);
        }

        Task SendAsync(string method, JsonObject parameters)
        {
            parameters["_meta"] = new JsonObject { [MetaKeys.SubscriptionId] = request.JsonRpcRequest.Id.Id is long number ? number : request.JsonRpcRequest.Id.ToString() };
            return request.Server.SendMessageAsync(new JsonRpcNotification { Method = method, Params = parameters }, cancellationToken);
        }
    }
}
