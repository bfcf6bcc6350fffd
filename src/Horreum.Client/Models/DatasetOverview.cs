using System.Text.Json;
using System.Text.Json.Serialization;

namespace Horreum.Client.Models;

/// <summary>A dataset without its content, as Horreum says it, and the contract's ids beside it.</summary>
public sealed record DatasetOverview
{
    /// <summary>Its id.</summary>
    [JsonPropertyName("id")]
    public int Id { get; init; }

    /// <summary>Its id as text.</summary>
    public required string DatasetId { get; init; }

    /// <summary>Id of its run.</summary>
    [JsonPropertyName("runId")]
    public int RunNumber { get; init; }

    /// <summary>Position in its run, from 0.</summary>
    [JsonPropertyName("ordinal")]
    public int Ordinal { get; init; }

    /// <summary>Id of its test.</summary>
    [JsonPropertyName("testId")]
    public int TestNumber { get; init; }

    /// <summary>Name of its test.</summary>
    [JsonPropertyName("testname")]
    public string? TestName { get; init; }

    /// <summary>When the measurement started, milliseconds since 1970.</summary>
    [JsonPropertyName("start")]
    public long? Start { get; init; }

    /// <summary>When the measurement ended, milliseconds since 1970.</summary>
    [JsonPropertyName("stop")]
    public long? Stop { get; init; }

    /// <summary>Text for people.</summary>
    [JsonPropertyName("description")]
    public string? Description { get; init; }

    /// <summary>Who may see it.</summary>
    [JsonPropertyName("access")]
    public Access Access { get; init; }

    /// <summary>Team that owns it.</summary>
    [JsonPropertyName("owner")]
    public string? Owner { get; init; }

    /// <summary>Values of the view's columns.</summary>
    [JsonPropertyName("view")]
    public JsonElement? View { get; init; }

    /// <summary>Schemas it uses.</summary>
    [JsonPropertyName("schemas")]
    public IReadOnlyList<SchemaUse> Schemas { get => field ?? []; init; }

    /// <summary>Where the data does not fit its schemas.</summary>
    [JsonPropertyName("validationErrors")]
    public IReadOnlyList<JsonElement> ValidationErrors { get => field ?? []; init; }
}
