using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace ToolHive.Client.Tests.Support;

/// <summary>Counts the discoveries of one container.</summary>
public sealed class DiscoveryCounter : IDisposable
{
    private readonly MeterListener _listener = new();
    private int _found;
    private int _failed;

    public DiscoveryCounter(IServiceProvider services)
    {
        IMeterFactory factory = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Name == ToolHiveTelemetry.Discoveries && ReferenceEquals(instrument.Meter.Scope, factory))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            _ = tags[0].Value is "found" ? Interlocked.Add(ref _found, (int)count) : Interlocked.Add(ref _failed, (int)count);
        });
        _listener.Start();
    }

    public int Found => Volatile.Read(ref _found);

    public int Failed => Volatile.Read(ref _failed);

    public void Dispose() => _listener.Dispose();
}
