using System.Text.Json.Serialization;

namespace Horreum.Client.Clients.Wire;

/// <summary>Takes a part of the data under a name.</summary>
public sealed record Extractor
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>JSONPath expression, in the dialect of PostgreSQL.</summary>
    [JsonPropertyName("jsonpath")]
    public string? JsonPath { get; init; }

    /// <summary>Whether all matches are taken as an array and not the first alone.</summary>
    [JsonPropertyName("isarray")]
    public bool IsArray { get; init; }
}
