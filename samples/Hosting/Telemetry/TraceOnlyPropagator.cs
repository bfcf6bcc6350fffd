using System.Diagnostics;

namespace Hosting.Telemetry;

/// <summary>
/// Hands on which trace a request belongs to, in the form of the W3C, and nothing else: baggage that a caller attaches would otherwise go to every server behind this one.
/// </summary>
internal sealed class TraceOnlyPropagator : DistributedContextPropagator
{
    private static readonly DistributedContextPropagator Inner = CreateW3CPropagator();

    public override IReadOnlyCollection<string> Fields { get; } = ["traceparent", "tracestate"];

    public override void Inject(Activity? activity, object? carrier, PropagatorSetterCallback? setter)
    {
        if (setter is not null)
        {
            Inner.Inject(activity, carrier, (target, name, value) =>
            {
                if (Fields.Contains(name))
                {
                    setter(target, name, value);
                }
            });
        }
    }

    public override void ExtractTraceIdAndState(object? carrier, PropagatorGetterCallback? getter, out string? traceId, out string? traceState) =>
        Inner.ExtractTraceIdAndState(carrier, getter, out traceId, out traceState);

    public override IEnumerable<KeyValuePair<string, string?>>? ExtractBaggage(object? carrier, PropagatorGetterCallback? getter) => null;
}
