using System.Text.Json.Nodes;
using System.Threading.Channels;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Common;

/// <summary>
/// Answers <c>subscriptions/listen</c>: tells one client, for as long as it listens, when the tools, prompts or resources of this server change.
/// The SDK's own answer grants nothing over HTTP, where each request has a server of its own.
/// </summary>
internal static class ListChanges
{
    /// <summary>How long further changes are waited for, so that those that belong together are told once.</summary>
    public static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(200);

    /// <summary>Least time between two notifications of a kind: each makes every client list anew.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    /// <param name="request">The subscription.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it: the client left, or the host stops.</param>
    public static async ValueTask<EmptyResult> ListenAsync(RequestContext<SubscriptionsListenRequestParams> request, TimeProvider time, CancellationToken cancellationToken)
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
            await SendAsync(NotificationMethods.SubscriptionsAcknowledgedNotification, new JsonObject { ["notifications"] = granted }).ConfigureAwait(false);
            while (await changes.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                await Task.Delay(Settle, time, cancellationToken).ConfigureAwait(false);
                HashSet<string> methods = new(StringComparer.Ordinal);
                while (changes.Reader.TryRead(out string? method))
                {
                    methods.Add(method);
                }

                foreach (string method in methods)
                {
                    await SendAsync(method, []).ConfigureAwait(false);
                }

                await Task.Delay(Interval - Settle, time, cancellationToken).ConfigureAwait(false);
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
