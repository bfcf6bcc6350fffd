using System.Diagnostics;
using System.Diagnostics.Metrics;
using Hosting.Health;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Hosting.Telemetry;

/// <summary>OpenTelemetry for every host: metrics for <c>/metrics</c>, and all signals to a collector where the <c>OTEL_*</c> variables name one.</summary>
internal static class HostTelemetry
{
    private const string ProtocolSource = "Experimental.ModelContextProtocol";

    // The exporter's own bounds are meant for milliseconds, and nearly all of ours are seconds or bytes.
    private static readonly double[] Seconds = [.005, .01, .025, .05, .075, .1, .25, .5, .75, 1, 2.5, 5, 7.5, 10];
    private static readonly double[] Bytes = [256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216];

    public static void AddTo(IHostApplicationBuilder builder, McpHostOptions options)
    {
        // The framework's propagator and the one of OpenTelemetry: both would hand baggage on.
        DistributedContextPropagator.Current = new TraceOnlyPropagator();
        Sdk.SetDefaultTextMapPropagator(new TraceContextPropagator());
        OtlpSignals signals = OtlpSignals.Read(builder.Configuration, options.ExportTraces);
        builder.Services.AddSingleton(signals);
        bool measures = !options.Stdio || options.MeasuresOverStdio;
        if (!measures && !signals.Any)
        {
            return;
        }

        IOpenTelemetryBuilder telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(resource => Describe(resource, options));
        builder.Services.ConfigureOpenTelemetryMeterProvider((services, metrics) => metrics.AddView(Stream(services.GetRequiredService<IMeterFactory>())));
        telemetry.WithMetrics(metrics =>
        {
            Measure(metrics, options);
            if (measures)
            {
                metrics.AddPrometheusExporter(prometheus =>
                {
                    prometheus.ScopeInfoEnabled = false;
                    prometheus.TargetInfoEnabled = false;
                    prometheus.ScrapeResponseCacheDurationMilliseconds = 0;
                });
            }

            if (signals.Metrics)
            {
                metrics.AddOtlpExporter();
            }
        });
        if (signals.Traces)
        {
            telemetry.WithTracing(traces => Trace(traces, options).AddOtlpExporter());
        }

        if (signals.Logs)
        {
            telemetry.WithLogging(logs => logs.AddOtlpExporter(), logs => logs.IncludeFormattedMessage = true);
        }
    }

    private static void Describe(ResourceBuilder resource, McpHostOptions options) =>
        resource.AddService(options.Name, serviceVersion: options.Version).AddEnvironmentVariableDetector();

    private static void Measure(MeterProviderBuilder metrics, McpHostOptions options) =>
        metrics.AddMeter(["System.Runtime", "Microsoft.AspNetCore.Hosting", ReadinessHistory.MeterName, .. options.TelemetrySources]);

    private static TracerProviderBuilder Trace(TracerProviderBuilder traces, McpHostOptions options) => traces
        .AddSource([ProtocolSource, .. options.TelemetrySources])
        .AddHttpClientInstrumentation()
        .AddAspNetCoreInstrumentation(web => web.Filter = context => !HealthEndpoints.Owns(context.Request.Path));

    // Several hosts may live in one process, as in tests: each shows its own meters, and those that belong to nobody.
    private static Func<Instrument, MetricStreamConfiguration?> Stream(IMeterFactory own) => instrument =>
        instrument.Meter.Scope is IMeterFactory factory && !ReferenceEquals(factory, own) ? MetricStreamConfiguration.Drop : Buckets(instrument);

    private static ExplicitBucketHistogramConfiguration? Buckets(Instrument instrument)
    {
        bool isAdvised = instrument switch
        {
            Histogram<double> histogram => histogram.Advice is not null,
            Histogram<long> histogram => histogram.Advice is not null,
            Histogram<int> histogram => histogram.Advice is not null,
            _ => true,
        };
        double[]? bounds = isAdvised ? null : instrument.Unit switch { "s" => Seconds, "By" => Bytes, _ => null };
        return bounds is null ? null : new ExplicitBucketHistogramConfiguration { Boundaries = bounds };
    }
}
