using System.Threading.Channels;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>A transport whose messages a session sees before the SDK and the backend do: the SDK does not say which caller a backend's question belongs to.</summary>
internal sealed class InterceptingTransport(IClientTransport inner, Greeting greeting, Func<JsonRpcMessage, bool> take) : IClientTransport
{
    public string Name => inner.Name;

    public async Task<ITransport> ConnectAsync(CancellationToken cancellationToken = default) =>
        new Connected(await inner.ConnectAsync(cancellationToken).ConfigureAwait(false), greeting, take);

    private sealed class Connected(ITransport inner, Greeting greeting, Func<JsonRpcMessage, bool> take) : ITransport
    {
        public string? SessionId => inner.SessionId;

        public ChannelReader<JsonRpcMessage> MessageReader { get; } = new InterceptingReader(inner.MessageReader, message =>
        {
            greeting.Received(message);
            return take(message);
        });

        public Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
        {
            greeting.Sending(message);
            return inner.SendMessageAsync(message, cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
