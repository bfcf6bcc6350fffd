using System.Threading.Channels;
using McpOptimizer.Core.Services.Ingestion.Look;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>Asks the polling service for a look before its time.</summary>
internal class PollingSignal
{
    private readonly Channel<string?> _requests = Channel.CreateUnbounded<string?>();

    /// <summary>Look at everything now.</summary>
    public void LookAtAll() => _requests.Writer.TryWrite(null);

    /// <summary>Ask one server for its tools again.</summary>
    public void LookAt(string serverName) => _requests.Writer.TryWrite(serverName);

    /// <summary>Waits for requests, and takes all that came.</summary>
    public async Task<LookRequest> WaitAsync(CancellationToken cancellationToken = default)
    {
        await _requests.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false);
        HashSet<string> servers = new(StringComparer.Ordinal);
        bool all = false;
        while (_requests.Reader.TryRead(out string? server))
        {
            all |= server is null;
            if (server is not null)
            {
                servers.Add(server);
            }
        }

        return new LookRequest(all, servers);
    }
}
