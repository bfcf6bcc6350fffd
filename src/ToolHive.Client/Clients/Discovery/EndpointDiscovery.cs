using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolHive.Client.Telemetry;

namespace ToolHive.Client.Clients.Discovery;

/// <summary>One search for ToolHive: what the settings name, then the discovery file, then a port scan.</summary>
internal sealed partial class EndpointDiscovery(EndpointProbe probe, IOptions<ToolHiveClientOptions> options, ILogger<EndpointDiscovery> logger)
{
    // ToolHive's own clients allow five seconds for the health question.
    private static readonly TimeSpan NonceTimeout = TimeSpan.FromSeconds(5);

    private readonly ToolHiveClientOptions _options = options.Value;

    /// <summary>Searches once.</summary>
    /// <exception cref="ToolHiveUnavailableException">Nothing answered; the message lists what was tried.</exception>
    public async Task<ToolHiveEndpoint> FindAsync(CancellationToken cancellationToken)
    {
        using Activity? activity = ToolHiveActivities.Start("toolhive.discover");
        List<string> tried = [];
        ToolHiveEndpoint endpoint = await FindConfiguredAsync(tried, cancellationToken).ConfigureAwait(false)
            ?? await FindByFileAsync(tried, cancellationToken).ConfigureAwait(false)
            ?? await ScanAsync(tried, cancellationToken).ConfigureAwait(false)
            ?? throw new ToolHiveUnavailableException($"No ToolHive found: {string.Join("; ", tried)}. Start it with 'thv serve' or the desktop application, or set its address.");
        activity?.SetTag("toolhive.source", endpoint.Source.ToString());
        LogFound(endpoint.BaseAddress, endpoint.Source, endpoint.Version);
        return endpoint;
    }

    private async Task<ToolHiveEndpoint?> FindConfiguredAsync(List<string> tried, CancellationToken cancellationToken)
    {
        Uri? address = _options.BaseAddress ?? (_options.Port is { } port ? AddressOf(port) : null);
        if (address is null)
        {
            return null;
        }

        ToolHiveEndpoint candidate = new(new Uri(address.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/"), EndpointSource.Configured);
        TimeSpan timeout = _options.BaseAddress is null ? _options.ProbeTimeout : _options.RequestTimeout;
        (ToolHiveEndpoint? endpoint, string? reason) = await probe.AskVersionAsync(candidate, timeout, cancellationToken).ConfigureAwait(false);
        tried.Add($"{candidate.BaseAddress} {reason}");
        return endpoint;
    }

    private async Task<ToolHiveEndpoint?> FindByFileAsync(List<string> tried, CancellationToken cancellationToken)
    {
        if (_options.BaseAddress is not null || !_options.UseDiscoveryFile)
        {
            return null;
        }

        string path = _options.DiscoveryFilePath ?? DiscoveryFileReader.DefaultPath();
        (ToolHiveEndpoint? candidate, string? nonce, string? reason) = await DiscoveryFileReader.ReadAsync(path, cancellationToken).ConfigureAwait(false);
        if (candidate is not null)
        {
            reason = await probe.CheckNonceAsync(candidate, nonce!, NonceTimeout, cancellationToken).ConfigureAwait(false);
            if (reason is null)
            {
                return candidate;
            }

            reason = $"discovery file {path}: {reason}";
        }

        tried.Add(reason!);
        return null;
    }

    private async Task<ToolHiveEndpoint?> ScanAsync(List<string> tried, CancellationToken cancellationToken)
    {
        if (_options.BaseAddress is not null || !_options.UsePortScan)
        {
            return null;
        }

        ConcurrentBag<ToolHiveEndpoint> found = [];
        ParallelOptions limits = new() { MaxDegreeOfParallelism = _options.ScanParallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            Enumerable.Range(_options.ScanStartPort, _options.ScanEndPort - _options.ScanStartPort + 1),
            limits,
            async (port, token) =>
            {
                ToolHiveEndpoint candidate = new(AddressOf(port), EndpointSource.PortScan);
                if ((await probe.AskVersionAsync(candidate, _options.ProbeTimeout, token).ConfigureAwait(false)).Endpoint is { } endpoint)
                {
                    found.Add(endpoint);
                }
            }).ConfigureAwait(false);
        tried.Add($"no port of {_options.Host} from {_options.ScanStartPort} to {_options.ScanEndPort} answered as ToolHive");
        return found.OrderByDescending(endpoint => endpoint.Version, ServerVersion.Comparer).ThenBy(endpoint => endpoint.BaseAddress.Port).FirstOrDefault();
    }

    private Uri AddressOf(int port) => new UriBuilder(Uri.UriSchemeHttp, _options.Host, port).Uri;

    [LoggerMessage(EventId = 1, Level = LogLevel.Information, Message = "ToolHive found at {Address} ({Source}, version {Version}).")]
    private partial void LogFound(Uri address, EndpointSource source, string? version);
}
