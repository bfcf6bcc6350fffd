using System.Threading.Channels;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>Shows each message to an interceptor first, in the order of arrival; what the interceptor takes, the SDK does not see.</summary>
internal sealed class InterceptingReader(ChannelReader<JsonRpcMessage> inner, Func<JsonRpcMessage, bool> take) : ChannelReader<JsonRpcMessage>
{
    public override Task Completion => inner.Completion;

    public override bool TryRead(out JsonRpcMessage item)
    {
        while (inner.TryRead(out item!))
        {
            if (!take(item))
            {
                return true;
            }
        }

        return false;
    }

    public override ValueTask<bool> WaitToReadAsync(CancellationToken cancellationToken = default) => inner.WaitToReadAsync(cancellationToken);
}
