namespace Fleet.Metadata;

/// <summary>Names under which the package reports about itself.</summary>
public static class FleetMetadataTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string SourceName = "Fleet.Metadata";
}
