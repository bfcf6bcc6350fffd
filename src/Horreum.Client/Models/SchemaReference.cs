using System.Text.Json.Serialization;

namespace Horreum.Client.Models;

/// <summary>Names a schema.</summary>
public sealed record SchemaReference
{
    /// <summary>Its id.</summary>
    [JsonPropertyName("id")]
    public int Id { get; init; }

    /// <summary>Its URI.</summary>
    [JsonPropertyName("uri")]
    public string? Uri { get; init; }

    /// <summary>Its name.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }
}
