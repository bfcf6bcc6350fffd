using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace Hosting.Stdio;

/// <summary>
/// Serves until the client closes its end or the host is stopped; then running calls may finish, for longer when it is the host that ends. Reads before the other services
/// have started, so that a client is greeted at once (<see cref="StartGate"/>).
/// </summary>
internal sealed class StdioService(
    McpHostOptions host,
    IOptions<McpServerOptions> options,
    StartGate gate,
    IServiceProvider services,
    ILoggerFactory loggerFactory,
    IHostApplicationLifetime lifetime) : IHostedLifecycleService, IDisposable
{
    // For closing what is open, after the calls have had their time.
    private static readonly TimeSpan ClosingTime = TimeSpan.FromMilliseconds(250);

    private readonly PendingCalls _calls = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _expired = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _run = Task.CompletedTask;

    /// <summary>Completes some time after the client closed its end: when the process is to be over, whatever is still open.</summary>
    public Task Expired => _expired.Task;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        _run = Task.Run(ServeAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAny(_calls.WaitAsync(), _run, Task.Delay(host.DrainTimeout, cancellationToken));
        await _stop.CancelAsync();
        await _run.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        // It serves on where another service failed to start. The container knows it by two names, and disposes of it for each.
        if (!_run.IsCompleted)
        {
            _stop.Cancel();
            return;
        }

        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        McpRequestContext.Current = new McpRequestContext(host.DefaultProfile, null) { IsAdmin = true };
        CancellationToken stop = _stop.Token;
        try
        {
            await using DrainingTransport transport = new(new ThreadedInput(Console.OpenStandardInput()), Console.OpenStandardOutput(), _calls, gate.Opened, host, loggerFactory);
            _ = ExpireAsync(transport.Ended);
            await using McpServer server = McpServer.Create(transport, options.Value, loggerFactory, services);
            Task running = server.RunAsync(stop);
            await Task.WhenAny(running, transport.Drained);

            // What is still open has no reader any more: a subscription would hold the session for ever.
            await StopHostAsync();
            await _stop.CancelAsync();
            await running;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Stopped by the host.
        }
        finally
        {
            await StopHostAsync();
        }
    }

    // A host that is told to stop while it starts would take that for a failure.
    private async Task StopHostAsync()
    {
        await gate.Opened.WaitAsync(_stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lifetime.StopApplication();
    }

    private async Task ExpireAsync(Task clientGone)
    {
        await clientGone;
        await gate.Opened;
        await Task.Delay(host.EndOfInputTimeout + ClosingTime, CancellationToken.None);
        _expired.TrySetResult();
    }
}
