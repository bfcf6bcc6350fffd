using System.Text.Json;
using System.Text.Json.Serialization;

namespace Horreum.Client.Models;

/// <summary>A run without its data: Horreum's own members, and the contract's beside them.</summary>
public sealed record RunEntry
{
    /// <summary>Its id.</summary>
    [JsonPropertyName("id")]
    public int Id { get; init; }

    /// <summary>Its id as text.</summary>
    public required string RunId { get; init; }

    /// <summary>Id of its test.</summary>
    [JsonPropertyName("testid")]
    public int TestId { get; init; }

    /// <summary>Name of its test.</summary>
    [JsonPropertyName("testname")]
    public string? TestName { get; init; }

    /// <summary>When the measurement started, milliseconds since 1970.</summary>
    [JsonPropertyName("start")]
    public long? Start { get; init; }

    /// <summary>When the measurement ended, milliseconds since 1970.</summary>
    [JsonPropertyName("stop")]
    public long? Stop { get; init; }

    /// <summary><see cref="Start"/> in ISO 8601, UTC.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary><see cref="Stop"/> in ISO 8601, UTC.</summary>
    public DateTimeOffset? StopTime { get; init; }

    /// <summary>Who may see it.</summary>
    [JsonPropertyName("access")]
    public Access Access { get; init; }

    /// <summary>Team that owns it.</summary>
    [JsonPropertyName("owner")]
    public string? Owner { get; init; }

    /// <summary>Whether it is in the trash.</summary>
    [JsonPropertyName("trashed")]
    public bool Trashed { get; init; }

    /// <summary>Whether it has metadata.</summary>
    [JsonPropertyName("hasMetadata")]
    public bool HasMetadata { get; init; }

    /// <summary>Text for people.</summary>
    [JsonPropertyName("description")]
    public string? Description { get; init; }

    /// <summary>Schemas its data uses.</summary>
    [JsonPropertyName("schemas")]
    public IReadOnlyList<SchemaUse> Schemas { get => field ?? []; init; }

    /// <summary>Ids of its datasets.</summary>
    [JsonPropertyName("datasets")]
    public IReadOnlyList<int> Datasets { get => field ?? []; init; }

    /// <summary>Where the data does not fit its schemas.</summary>
    [JsonPropertyName("validationErrors")]
    public IReadOnlyList<JsonElement> ValidationErrors { get => field ?? []; init; }
}
