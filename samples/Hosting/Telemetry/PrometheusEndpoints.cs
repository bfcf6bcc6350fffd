using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;

namespace Hosting.Telemetry;

/// <summary>Serves what the process measures about itself in the Prometheus text format.</summary>
public static class PrometheusEndpoints
{
    /// <summary>
    /// Answers with the present values of the runtime's and the web server's meters and of <see cref="McpHostOptions.TelemetrySources"/>. The access check of the host applies.
    /// With <c>OTEL_SDK_DISABLED=true</c> there is nothing to serve, and no such route.
    /// </summary>
    /// <param name="app">Where the route is.</param>
    /// <param name="path">The route, by custom <c>/metrics</c>.</param>
    /// <param name="host">The services of the host that measures; null for those of <paramref name="app"/>.</param>
    public static void MapPrometheusMetrics(this IEndpointRouteBuilder app, string path, IServiceProvider? host = null)
    {
        ArgumentNullException.ThrowIfNull(app);
        host ??= app.ServiceProvider;
        if (host.GetRequiredService<OtlpSignals>().IsDisabled)
        {
            return;
        }

        app.MapPrometheusScrapingEndpoint(path, host.GetRequiredService<MeterProvider>(), branch => branch.Use(Fresh), optionsName: null)
            .WithMetadata(new HttpMethodMetadata([HttpMethods.Get]));
    }

    private static Task Fresh(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.CacheControl = "no-store";
        return next(context);
    }
}
