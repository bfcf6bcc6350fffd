using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

#pragma warning disable MCPEXP002 // A class of the SDK that is meant to be derived from by few.
/// <summary>Stands for the MCP session where there is none: nobody can be asked, nothing is reported.</summary>
internal sealed class DetachedServer(string sessionId) : McpServer
{
    public override string? SessionId => sessionId;

    public override string? NegotiatedProtocolVersion => null;

    public override ClientCapabilities? ClientCapabilities => null;

    public override Implementation? ClientInfo => null;

    public override McpServerOptions ServerOptions { get; } = new();

    public override IServiceProvider? Services => null;

    [Obsolete("As in the base class.")]
    public override LoggingLevel? LoggingLevel => null;

    public override Task RunAsync(CancellationToken cancellationToken = default) => Task.CompletedTask;

    public override Task<JsonRpcResponse> SendRequestAsync(JsonRpcRequest request, CancellationToken cancellationToken = default) =>
        throw new McpException("no client is connected that could be asked");

    public override Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default) => Task.CompletedTask;

    public override IAsyncDisposable RegisterNotificationHandler(string method, Func<JsonRpcNotification, CancellationToken, ValueTask> handler) => new Nothing();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private sealed class Nothing : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
#pragma warning restore MCPEXP002
