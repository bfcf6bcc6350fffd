using System.Diagnostics.Metrics;
using Hosting.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hosting.Metrics;

/// <summary>Serves what the process measures about itself in the Prometheus text format.</summary>
public static class PrometheusEndpoints
{
    /// <summary>Listens to the meters and answers <c>GET</c> with their present values. The access check of the host applies.</summary>
    /// <param name="app">The host's application.</param>
    /// <param name="path">The route, by custom <c>/metrics</c>.</param>
    /// <param name="meterNames">
    /// Exact meter names; a name that ends with <c>*</c> stands for all that begin so. None: the runtime's and the web server's meters only.
    /// </param>
    public static IEndpointConventionBuilder MapPrometheusMetrics(this WebApplication app, string path, params string[] meterNames)
    {
        ArgumentNullException.ThrowIfNull(app);
        ArgumentNullException.ThrowIfNull(meterNames);
        MetricCollector collector = new(
            ["System.Runtime", "Microsoft.AspNetCore.Hosting", ReadinessHistory.MeterName, .. meterNames],
            app.Services.GetRequiredService<IMeterFactory>());
        app.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(collector.Dispose);
        return app.MapGet(path, (HttpContext context) => WriteAsync(context, collector));
    }

    private static Task WriteAsync(HttpContext context, MetricCollector collector)
    {
        context.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(collector.Collect(), context.RequestAborted);
    }
}
