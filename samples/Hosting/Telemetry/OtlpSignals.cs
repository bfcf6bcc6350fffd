using Microsoft.Extensions.Configuration;

namespace Hosting.Telemetry;

/// <summary>Which signals the standard <c>OTEL_*</c> variables send to a collector. Nothing is sent unless one of them says where to.</summary>
/// <param name="Traces">Spans.</param>
/// <param name="Metrics">Measurements, beside <c>/metrics</c>.</param>
/// <param name="Logs">What is logged.</param>
/// <param name="IsDisabled">Whether all of it is off, <c>/metrics</c> included.</param>
internal sealed record OtlpSignals(bool Traces, bool Metrics, bool Logs, bool IsDisabled)
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public bool Any => Traces || Metrics || Logs;

    public static OtlpSignals Read(IConfiguration configuration, bool? traces)
    {
        bool disabled = bool.TryParse(configuration["OTEL_SDK_DISABLED"], out bool off) && off;
        bool IsOn(string signal) => !disabled && configuration[$"OTEL_{signal}_EXPORTER"] switch
        {
            "otlp" => true,
            null or "" => !string.IsNullOrWhiteSpace(configuration[Endpoint]) || !string.IsNullOrWhiteSpace(configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"]),
            _ => false,
        };

        return new OtlpSignals(!disabled && (traces ?? IsOn("TRACES")), IsOn("METRICS"), IsOn("LOGS"), disabled);
    }
}
