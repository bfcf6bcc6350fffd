using System.Text.Json;
using System.Text.Json.Serialization;

namespace Horreum.Client.Models;

/// <summary>One label value of a dataset, as Horreum says it.</summary>
public sealed record DatasetLabelValue
{
    /// <summary>Id of the label.</summary>
    [JsonPropertyName("id")]
    public int Id { get; init; }

    /// <summary>Name of the label.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>Schema that defines it.</summary>
    [JsonPropertyName("schema")]
    public SchemaReference? Schema { get; init; }

    /// <summary>Value of any JSON type.</summary>
    [JsonPropertyName("value")]
    public JsonElement? Value { get; init; }
}
