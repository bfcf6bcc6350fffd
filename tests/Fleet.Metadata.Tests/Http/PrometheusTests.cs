using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace Fleet.Metadata.Tests.Http;

/// <summary>The exporter that the sample hosts share, over instruments of every kind.</summary>
public sealed class PrometheusTests
{
    [Fact]
    public async Task Metrics_EveryKindOfInstrument_TextThatPrometheusReads()
    {
        Meter? meter = null;
        await using ServerFixture server = await ServerFixture.StartAsync(configure: builder =>
            builder.Services.AddHostedService(services => new Measuring(() => meter = Measure(services.GetRequiredService<IMeterFactory>()))));
        using Meter foreign = new("Fleet.Metadata.Elsewhere");
        foreign.CreateCounter<int>("elsewhere").Add(1);

        string text = await server.Http.GetStringAsync("/metrics");

        meter.Should().NotBeNull();
        text.Should().Contain("# TYPE test_items_total counter\n");
        text.Should().Contain("test_items_total{a=\"quote \\\" back \\\\ line \\n\",b_c=\"2\"} 3\n", "the order of tags makes no other series");
        text.Should().Contain("# TYPE test_level gauge\ntest_level{} -1.5\n");
        text.Should().Contain("# TYPE test_size_bytes gauge\ntest_size_bytes{which=\"now\"} 7\n");
        text.Should().Contain("# TYPE test_wait_milliseconds histogram\ntest_wait_milliseconds_bucket{le=\"10\"} 1\ntest_wait_milliseconds_bucket{le=\"20\"} 2\n")
            .And.Contain("test_wait_milliseconds_bucket{le=\"+Inf\"} 3\ntest_wait_milliseconds_sum{} 125\ntest_wait_milliseconds_count{} 3\n");
        text.Should().Contain("test_many_total{otel_metric_overflow=\"true\"} ", "a tag that never repeats must not fill the memory").And.NotContain("elsewhere");
    }

    private static Meter Measure(IMeterFactory factory)
    {
        Meter meter = factory.Create(FleetMetadataTelemetry.SourceName);
        Counter<long> items = meter.CreateCounter<long>("test.items", "{item}", "With \\ and a\nline");
        items.Add(1, KeyValuePair.Create<string, object?>("a", "quote \" back \\ line \n"), KeyValuePair.Create<string, object?>("b.c", 2));
        items.Add(2, KeyValuePair.Create<string, object?>("b.c", 2), KeyValuePair.Create<string, object?>("a", "quote \" back \\ line \n"));
        UpDownCounter<double> level = meter.CreateUpDownCounter<double>("test.level");
        level.Add(1);
        level.Add(-2.5);
        meter.CreateObservableGauge("test.size", () => new Measurement<int>(7, KeyValuePair.Create<string, object?>("which", "now")), "By");
        Histogram<long> wait = meter.CreateHistogram("test.wait", "ms", null, null, new InstrumentAdvice<long> { HistogramBucketBoundaries = [10, 20] });
        wait.Record(5);
        wait.Record(20);
        wait.Record(100);
        Counter<int> many = meter.CreateCounter<int>("test.many");
        for (int i = 0; i < 2500; i++)
        {
            many.Add(1, KeyValuePair.Create<string, object?>("id", i));
        }

        return meter;
    }

    private sealed class Measuring(Action measure) : Microsoft.Extensions.Hosting.IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            measure();
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
