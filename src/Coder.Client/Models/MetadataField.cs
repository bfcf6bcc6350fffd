using System.Text.Json;

namespace Coder.Client.Models;

/// <summary>One metadata field of a workspace.</summary>
public sealed record MetadataField
{
    /// <summary>Any JSON value; null when there is none.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>Why there is no value; null when nothing went wrong.</summary>
    public string? Error { get; init; }

    /// <summary>What the field means.</summary>
    public required MetadataSchema Schema { get; init; }
}
