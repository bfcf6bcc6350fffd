namespace Fleet.Metadata.Models;

/// <summary>One value and its schema.</summary>
public sealed record MetadataEntry
{
    /// <summary>The value; agrees with <see cref="MetadataSchema.Type"/>.</summary>
    public required MetadataValue Value { get; init; }

    /// <summary>What the value is.</summary>
    public required MetadataSchema Schema { get; init; }
}
