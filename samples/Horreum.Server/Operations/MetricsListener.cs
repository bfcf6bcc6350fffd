using Horreum.Client;
using Horreum.Server.Configuration;
using Hosting.Metrics;

namespace Horreum.Server.Operations;

/// <summary>Serves metrics on a port of their own, without a token, as collectors expect.</summary>
internal sealed class MetricsListener(ServerSettings settings, ILogger<MetricsListener> logger) : IHostedService
{
    private WebApplication? _app;

    /// <summary>Where the metrics are; for tests, which let the system choose the port.</summary>
    public string? Address { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders();
        string host = settings.Host.BearerToken is null ? "127.0.0.1" : "0.0.0.0";
        builder.WebHost.UseUrls($"http://{host}:{settings.MetricsPort}");
        _app = builder.Build();
        _app.MapPrometheusMetrics(settings.MetricsPath, HorreumTelemetry.SourceName);
        await _app.StartAsync(cancellationToken);
        Address = _app.Urls.First() + settings.MetricsPath;
        ServerLog.MetricsServed(logger, Address);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_app is not null)
        {
            await _app.StopAsync(cancellationToken);
            await _app.DisposeAsync();
        }
    }
}
