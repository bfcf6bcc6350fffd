using System.Text.Json.Serialization;

namespace Horreum.Client.Models;

/// <summary>Use of a schema in a run or dataset, as Horreum says it.</summary>
public sealed record SchemaUse
{
    /// <summary>Id of the schema.</summary>
    [JsonPropertyName("id")]
    public int Id { get; init; }

    /// <summary>Name of the schema.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>URI of the schema.</summary>
    [JsonPropertyName("uri")]
    public string? Uri { get; init; }

    /// <summary>0 data, 1 metadata, 2 dataset.</summary>
    [JsonPropertyName("source")]
    public int Source { get; init; }

    /// <summary>0 for the whole document, 1 for a member, 2 for an array element.</summary>
    [JsonPropertyName("type")]
    public int Type { get; init; }

    /// <summary>Member or index that uses the schema.</summary>
    [JsonPropertyName("key")]
    public string? Key { get; init; }

    /// <summary>Whether a JSON schema is stored to check against.</summary>
    [JsonPropertyName("hasJsonSchema")]
    public bool HasJsonSchema { get; init; }
}
