using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolHive.Client.Resilience;
using ToolHive.Client.Telemetry;

namespace ToolHive.Client.Clients.Discovery;

/// <summary>
/// Keeps the endpoint in use. After a loss the first caller starts one discovery and all others wait for the same; failed
/// discoveries are spaced by one backoff for everybody.
/// </summary>
internal sealed partial class EndpointProvider(
    EndpointDiscovery discovery,
    Backoff backoff,
    IOptions<ToolHiveClientOptions> options,
    ToolHiveMetrics metrics,
    TimeProvider clock,
    ILogger<EndpointProvider> logger) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly TimeSpan _minimumGap = options.Value.InitialBackoff;
    private ToolHiveEndpoint? _current;
    private Task<ToolHiveEndpoint>? _running;
    private Task<ToolHiveEndpoint>? _scheduled;
    private CancellationTokenSource? _wakeUp;
    private int _failures;
    private long _lastFailure;

    /// <summary>The endpoint in use; null before the first discovery and after a loss.</summary>
    public ToolHiveEndpoint? Current => Volatile.Read(ref _current);

    /// <summary>Returns the endpoint in use, or waits for the one discovery that all callers share.</summary>
    /// <param name="isFirstAttempt">True to look at once (a caller's first try); false to wait for the next turn of the shared backoff.</param>
    /// <param name="cancellationToken">Ends this caller's wait, not the discovery of the others.</param>
    /// <exception cref="ToolHiveUnavailableException">That discovery found nothing.</exception>
    public Task<ToolHiveEndpoint> GetAsync(bool isFirstAttempt, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_current is { } endpoint)
            {
                return Task.FromResult(endpoint);
            }

            ObjectDisposedException.ThrowIf(_stop.IsCancellationRequested, this);
            if (_running is null && (_failures == 0 || (isFirstAttempt && clock.GetElapsedTime(_lastFailure) >= _minimumGap)))
            {
                _running = Task.Run(DiscoverAsync, CancellationToken.None);
            }

            return (_running ?? (_scheduled ??= WaitAndDiscoverAsync(backoff.After(_failures)))).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Says that an endpoint no longer answers. Ignored when another one is in use by now.</summary>
    public void ReportLost(ToolHiveEndpoint endpoint, Exception? reason)
    {
        lock (_gate)
        {
            if (!ReferenceEquals(_current, endpoint))
            {
                return;
            }

            _current = null;
            _failures = 0;
        }

        LogLost(endpoint.BaseAddress, reason?.Message);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_stop.IsCancellationRequested)
            {
                _stop.Cancel();
                _wakeUp?.Cancel();
            }
        }
    }

    private async Task<ToolHiveEndpoint> WaitAndDiscoverAsync(TimeSpan delay)
    {
        using CancellationTokenSource wakeUp = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        _wakeUp = wakeUp;
        await Task.Delay(delay, clock, wakeUp.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        _stop.Token.ThrowIfCancellationRequested();
        Task<ToolHiveEndpoint> discovery;
        lock (_gate)
        {
            _wakeUp = null;
            _scheduled = null;
            if (_current is { } endpoint)
            {
                return endpoint;
            }

            discovery = _running ??= Task.Run(DiscoverAsync, CancellationToken.None);
        }

        return await discovery.ConfigureAwait(false);
    }

    private async Task<ToolHiveEndpoint> DiscoverAsync()
    {
        try
        {
            ToolHiveEndpoint endpoint = await discovery.FindAsync(_stop.Token).ConfigureAwait(false);
            metrics.DiscoveryEnded(found: true);
            lock (_gate)
            {
                _current = endpoint;
                _failures = 0;
                _running = null;

                // Those who wait out a backoff need not any more.
                _wakeUp?.Cancel();
            }

            return endpoint;
        }
        catch (Exception e)
        {
            metrics.DiscoveryEnded(found: false);
            lock (_gate)
            {
                _failures++;
                _lastFailure = clock.GetTimestamp();
                _running = null;
            }

            LogNotFound(e.Message);
            throw;
        }
    }

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "ToolHive at {Address} no longer answers ({Reason}); looking for it again.")]
    private partial void LogLost(Uri address, string? reason);

    [LoggerMessage(EventId = 3, Level = LogLevel.Debug, Message = "Discovery failed: {Reason}")]
    private partial void LogNotFound(string reason);
}
