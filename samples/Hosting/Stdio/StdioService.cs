using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace Hosting.Stdio;

/// <summary>Serves until the client closes standard input or the host is stopped; then running calls may finish.</summary>
internal sealed class StdioService(
    McpHostOptions host,
    IOptions<McpServerOptions> options,
    IServiceProvider services,
    ILoggerFactory loggerFactory,
    IHostApplicationLifetime lifetime) : IHostedService, IAsyncDisposable
{
    private readonly RunningCalls _calls = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _run = Task.Run(ServeAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _calls.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _stop.CancelAsync();
        await _run.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public ValueTask DisposeAsync()
    {
        _stop.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ServeAsync()
    {
        McpRequestContext.Current = new McpRequestContext(host.DefaultProfile, null);
        McpServerOptions server = options.Value;
        server.Filters.Message.IncomingFilters.Insert(0, _calls.Filter);
        try
        {
            await using StdioServerTransport transport = new(server, loggerFactory);
            await using McpServer session = McpServer.Create(transport, server, loggerFactory, services);
            await session.RunAsync(_stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Stopped by the host.
        }
        finally
        {
            lifetime.StopApplication();
        }
    }
}
