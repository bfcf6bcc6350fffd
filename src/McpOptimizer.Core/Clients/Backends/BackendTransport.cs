using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>The way to one backend with what belongs to it alone.</summary>
internal sealed class BackendTransport(IClientTransport client) : IAsyncDisposable
{
    /// <summary>What the SDK connects with.</summary>
    public IClientTransport Client { get; } = client;

    /// <summary>For HTTP: what the session's handler noticed.</summary>
    public HttpSide? Http { get; init; }

    /// <summary>For stdio.</summary>
    public StdioBackendTransport? Stdio { get; init; }

    /// <summary>Told the id of a backend's question and the operation whose answer carried it.</summary>
    public Action<string, BackendRequest>? ServerRequestSeen { get; set; }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Client is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync().ConfigureAwait(false);
        }

        Http?.Dispose();
    }

    /// <summary>The HTTP client and handler of one session.</summary>
    internal sealed class HttpSide(BackendHttpHandler handler, HttpFrames frames, BackendHttpClient client) : IDisposable
    {
        /// <summary>Whether the backend forgot the session.</summary>
        public bool SessionExpired
        {
            get => handler.SessionExpired;
            set => handler.SessionExpired = value;
        }

        /// <summary>Why a request was not sent to where the backend led; null when none was refused.</summary>
        public BackendAddressException? Refusal => handler.Refusal;

        /// <summary>Puts the result in its place that the SDK could not have read.</summary>
        public void Restore(JsonRpcResponse response) => frames.Restore(response);

        /// <inheritdoc/>
        public void Dispose() => client.Dispose();
    }
}
