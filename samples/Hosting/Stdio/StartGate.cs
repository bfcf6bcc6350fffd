using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hosting.Stdio;

/// <summary>
/// What a client asks first, who the server is and which tools it has, is answered while the host's services still start; every other request waits until they have.
/// </summary>
internal sealed class StartGate : IConfigureOptions<McpServerOptions>
{
    private static readonly HashSet<string> Early = new(StringComparer.Ordinal)
    {
        RequestMethods.Initialize, RequestMethods.ServerDiscover, RequestMethods.Ping, RequestMethods.ToolsList,
    };

    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public StartGate(IHostApplicationLifetime lifetime) => lifetime.ApplicationStarted.Register(() => _opened.TrySetResult());

    /// <summary>Completes when the host has started; never when it fails to.</summary>
    public Task Opened => _opened.Task;

    public void Configure(McpServerOptions options) => options.Filters.Message.IncomingFilters.Insert(0, next => (context, cancellationToken) =>
        Opened.IsCompleted || context.JsonRpcMessage is not JsonRpcRequest request || Early.Contains(request.Method)
            ? next(context, cancellationToken)
            : WaitAsync(next, context, cancellationToken));

    private async Task WaitAsync(McpMessageHandler next, MessageContext context, CancellationToken cancellationToken)
    {
        await Opened.WaitAsync(cancellationToken);
        await next(context, cancellationToken);
    }
}
