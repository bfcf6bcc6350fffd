using System.Text.Json.Serialization;

namespace Horreum.Client.Models;

/// <summary>How many runs a test has, as Horreum says it.</summary>
public sealed record RunTally
{
    /// <summary>All of them.</summary>
    [JsonPropertyName("total")]
    public long Total { get; init; }

    /// <summary>Those that are not in the trash.</summary>
    [JsonPropertyName("active")]
    public long Active { get; init; }

    /// <summary>Those in the trash.</summary>
    [JsonPropertyName("trashed")]
    public long Trashed { get; init; }
}
