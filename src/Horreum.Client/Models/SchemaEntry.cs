using System.Text.Json;
using System.Text.Json.Serialization;

namespace Horreum.Client.Models;

/// <summary>A schema, as Horreum says it, and the contract's id beside it.</summary>
public sealed record SchemaEntry
{
    /// <summary>Its id.</summary>
    [JsonPropertyName("id")]
    public int Id { get; init; }

    /// <summary>Its id as text.</summary>
    public required string SchemaId { get; init; }

    /// <summary>URI that identifies it.</summary>
    [JsonPropertyName("uri")]
    public string? Uri { get; init; }

    /// <summary>Its name.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>Text for people.</summary>
    [JsonPropertyName("description")]
    public string? Description { get; init; }

    /// <summary>Who may see it.</summary>
    [JsonPropertyName("access")]
    public Access Access { get; init; }

    /// <summary>Team that owns it.</summary>
    [JsonPropertyName("owner")]
    public string? Owner { get; init; }

    /// <summary>JSON schema to check data against; left out when nothing is checked.</summary>
    [JsonPropertyName("schema")]
    public JsonElement? JsonSchema { get; init; }
}
