using System.Text.Json;
using System.Text.Json.Serialization;

namespace Horreum.Client.Models;

/// <summary>A label and its value.</summary>
public sealed record NamedValue
{
    /// <summary>Name of the label.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>Value of any JSON type.</summary>
    [JsonPropertyName("value")]
    public JsonElement Value { get; init; }
}
