using Horreum.Server.Configuration;
using Hosting.Telemetry;

namespace Horreum.Server.Operations;

/// <summary>Serves metrics on a port of their own, without a token, as collectors expect.</summary>
internal sealed class MetricsListener(ServerSettings settings, IServiceProvider services, ILogger<MetricsListener> logger) : IHostedService
{
    private WebApplication? _app;

    /// <summary>Where the metrics are; for tests, which let the system choose the port.</summary>
    public string? Address { get; private set; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // An empty builder reads no settings: ASPNETCORE_URLS or a Kestrel section cannot bind it elsewhere.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Services.AddRoutingCore();
        builder.WebHost.UseKestrelCore().UseUrls(ServerSettings.ToUrl(settings.MetricsHost, settings.MetricsPort!.Value));
        _app = builder.Build();
        _app.MapPrometheusMetrics(settings.MetricsPath, services);
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
