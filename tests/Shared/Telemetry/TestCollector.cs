using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Shared.Telemetry;

/// <summary>A collector that takes OTLP over HTTP (protobuf) and keeps what it gets: spans in parts, metrics and logs as the texts in them.</summary>
public sealed class TestCollector : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<CollectedSpan> _spans = new();
    private readonly ConcurrentQueue<string> _texts = new();

    private TestCollector(WebApplication app) => _app = app;

    /// <summary>What <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is to be.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Spans so far.</summary>
    public IReadOnlyCollection<CollectedSpan> Spans => _spans;

    /// <summary>Bodies of metrics and logs, as far as they are text.</summary>
    public string Texts => string.Join('\n', _texts);

    /// <summary>The variables that send a program's signals here, at once.</summary>
    public Dictionary<string, string> Environment => new()
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    /// <summary>Starts one on a free port.</summary>
    public static async Task<TestCollector> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        WebApplication app = builder.Build();
        TestCollector collector = new(app);
        app.Run(collector.TakeAsync);
        await app.StartAsync();
        collector.Address = app.Urls.First();
        return collector;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task TakeAsync(HttpContext http)
    {
        using MemoryStream body = new();
        await http.Request.Body.CopyToAsync(body);
        if (http.Request.Path == "/v1/traces")
        {
            TakeSpans(body.ToArray());
        }
        else
        {
            _texts.Enqueue($"{http.Request.Path}\n{Encoding.UTF8.GetString(body.ToArray())}");
        }
    }

    // ExportTraceServiceRequest: resource_spans 1 { resource 1 { attributes 1 }, scope_spans 2 { scope 1 { name 1 }, spans 2 } }
    private void TakeSpans(byte[] request)
    {
        foreach (ReadOnlyMemory<byte> resourceSpans in Fields(request, 1))
        {
            string service = Fields(resourceSpans, 1).SelectMany(resource => Fields(resource, 1)).Where(attribute => Text(attribute, 1) == "service.name")
                .Select(attribute => Text(Fields(attribute, 2).First(), 1)).FirstOrDefault("");
            foreach (ReadOnlyMemory<byte> scopeSpans in Fields(resourceSpans, 2))
            {
                string source = Text(Fields(scopeSpans, 1).First(), 1);
                foreach (ReadOnlyMemory<byte> span in Fields(scopeSpans, 2))
                {
                    _spans.Enqueue(new CollectedSpan(service, source, Id(span, 1), Id(span, 2), Id(span, 4), Text(span, 5)));
                }
            }
        }
    }

    private static string Text(ReadOnlyMemory<byte> message, int field) => Encoding.UTF8.GetString(Fields(message, field).FirstOrDefault().Span);

    private static string Id(ReadOnlyMemory<byte> message, int field) => Convert.ToHexStringLower(Fields(message, field).FirstOrDefault().Span);

    /// <summary>The values of a length-delimited field of a protobuf message.</summary>
    private static List<ReadOnlyMemory<byte>> Fields(ReadOnlyMemory<byte> message, int wanted)
    {
        List<ReadOnlyMemory<byte>> found = [];
        int at = 0;
        while (at < message.Length)
        {
            long tag = Varint(message.Span, ref at);
            int length = (tag & 7) switch
            {
                0 => Skip(message.Span, ref at),
                1 => 8,
                2 => (int)Varint(message.Span, ref at),
                5 => 4,
                _ => throw new InvalidDataException($"Wire type {tag & 7}."),
            };
            if (tag >> 3 == wanted && (tag & 7) == 2)
            {
                found.Add(message.Slice(at, length));
            }

            at += length;
        }

        return found;
    }

    private static int Skip(ReadOnlySpan<byte> message, ref int at)
    {
        _ = Varint(message, ref at);
        return 0;
    }

    private static long Varint(ReadOnlySpan<byte> message, ref int at)
    {
        long value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = message[at++];
            value |= (long)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
