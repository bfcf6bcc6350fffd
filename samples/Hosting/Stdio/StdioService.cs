using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace Hosting.Stdio;

/// <summary>Serves until the client closes its end or the host is stopped; then running calls may finish, for longer when it is the host that ends.</summary>
internal sealed class StdioService(
    McpHostOptions host,
    IOptions<McpServerOptions> options,
    IServiceProvider services,
    ILoggerFactory loggerFactory,
    IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    // For closing what is open, after the calls have had their time.
    private static readonly TimeSpan ClosingTime = TimeSpan.FromMilliseconds(250);

    private readonly PendingCalls _calls = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _expired = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _run = Task.CompletedTask;

    /// <summary>Completes some time after the client closed its end: when the process is to be over, whatever is still open.</summary>
    public Task Expired => _expired.Task;

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
        McpRequestContext.Current = new McpRequestContext(host.DefaultProfile, null) { IsAdmin = true };
        try
        {
            await using DrainingTransport transport = new(Console.OpenStandardInput(), Console.OpenStandardOutput(), _calls, host, loggerFactory);
            _ = ExpireAsync(transport.Ended);
            await using McpServer server = McpServer.Create(transport, options.Value, loggerFactory, services);
            Task running = server.RunAsync(_stop.Token);
            await Task.WhenAny(running, transport.Drained);

            // What is still open has no reader any more: a subscription would hold the session for ever.
            lifetime.StopApplication();
            await _stop.CancelAsync();
            await running;
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

    private async Task ExpireAsync(Task clientGone)
    {
        await clientGone;
        await Task.Delay(host.EndOfInputTimeout + ClosingTime, CancellationToken.None);
        _expired.TrySetResult();
    }
}
