using Horreum.Client;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Horreum.Server.Operations;

/// <summary>Exports traces with OTLP while the server runs; the standard <c>OTEL_*</c> variables say where to.</summary>
internal sealed class TraceExport : IHostedService, IDisposable
{
    private TracerProvider? _provider;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _provider = Sdk.CreateTracerProviderBuilder()
            .ConfigureResource(resource => resource.AddService("horreum-mcp").AddEnvironmentVariableDetector())
            .AddSource(HorreumTelemetry.SourceName, "System.Net.Http", "Microsoft.AspNetCore", "Experimental.ModelContextProtocol")
            .AddOtlpExporter(otlp =>
            {
                // As the original: HTTP, unless the environment says gRPC.
                if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_PROTOCOL")))
                {
                    otlp.Protocol = OtlpExportProtocol.HttpProtobuf;
                }
            })
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _provider?.ForceFlush((int)TimeSpan.FromSeconds(5).TotalMilliseconds);
        return Task.CompletedTask;
    }

    public void Dispose() => _provider?.Dispose();
}
