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
    IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    private readonly PendingCalls _calls = new();
    private readonly CancellationTokenSource _stop = new();
    private Task _run = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _run = Task.Run(ServeAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(_calls.WaitAsync(), _run, Task.Delay(host.DrainTimeout, cancellationToken));
        await _stop.CancelAsync();
        await _run.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _stop.Dispose();

    private async Task ServeAsync()
    {
        McpRequestContext.Current = new McpRequestContext(host.DefaultProfile, null);
        try
        {
            await using DrainingTransport transport = new(Console.OpenStandardInput(), Console.OpenStandardOutput(), _calls, host, loggerFactory);
            await using McpServer server = McpServer.Create(transport, options.Value, loggerFactory, services);
            await server.RunAsync(_stop.Token);
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
