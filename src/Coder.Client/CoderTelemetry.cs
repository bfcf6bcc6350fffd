namespace Coder.Client;

/// <summary>Names under which this package traces and measures.</summary>
public static class CoderTelemetry
{
    /// <summary>Name of the <see cref="System.Diagnostics.ActivitySource"/> and of the <see cref="System.Diagnostics.Metrics.Meter"/>.</summary>
    public const string SourceName = "Coder.Client";

    /// <summary>Counter of metadata reads, with the tag <c>outcome</c>: ok, timeout or failed.</summary>
    public const string MetadataReads = "coder.fleet.metadata.reads";

    /// <summary>Counter of operations that change an agent, with the tags <c>operation</c> and <c>outcome</c> (ok or failed).</summary>
    public const string Operations = "coder.fleet.operations";
}
