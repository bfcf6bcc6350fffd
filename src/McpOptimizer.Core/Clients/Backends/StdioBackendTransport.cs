using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>
/// Starts a stdio server and speaks with it. The SDK's own transport reads lines of any length and blocks a pool thread per stream;
/// this one bounds both, and ends everything the server started.
/// </summary>
internal sealed class StdioBackendTransport(
    BackendEndpoint endpoint, BackendSettings settings, ProcessReaper reaper, FrameWarnings warnings, TimeProvider clock, ILoggerFactory loggerFactory) : IClientTransport, IAsyncDisposable
{
    private BackendProcess? _process;

    public string Name => endpoint.ServerName;

    /// <summary>The server's process id while it runs.</summary>
    public int? ProcessId => _process is { HasExited: false } process ? process.Id : null;

    /// <summary>How the process ended and what it last wrote to its standard error, without secrets; empty while it runs.</summary>
    public string Epitaph => _process?.Epitaph ?? "";

    public Task<ITransport> ConnectAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BackendProcess process = BackendProcess.Start(endpoint, settings, reaper, clock, loggerFactory.CreateLogger<BackendProcess>());
        _process = process;
        return Task.FromResult<ITransport>(new StdioSessionTransport(process, settings, warnings, loggerFactory));
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            await process.DisposeAsync().ConfigureAwait(false);
        }
    }
}
