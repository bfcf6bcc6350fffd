using System.Text.Json;

namespace ToolHive.Client.Models.Registry;

/// <summary>A signed statement about an image.</summary>
public sealed record VerifiedAttestation
{
    /// <summary>The statement.</summary>
    public JsonElement? Predicate { get; init; }

    /// <summary>Its type.</summary>
    public string? PredicateType { get; init; }
}
