using System.Text.Json.Serialization;

namespace Horreum.Client.Models;

/// <summary>A test with its settings: Horreum's own members, and the contract's beside them.</summary>
public sealed record TestDetails
{
    /// <summary>Its id.</summary>
    [JsonPropertyName("id")]
    public int Id { get; init; }

    /// <summary>Its id as text.</summary>
    public required string TestId { get; init; }

    /// <summary>Its name.</summary>
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    /// <summary>Folder; left out for the root.</summary>
    [JsonPropertyName("folder")]
    public string? Folder { get; init; }

    /// <summary>Text for people.</summary>
    [JsonPropertyName("description")]
    public string? Description { get; init; }

    /// <summary>Who may see it.</summary>
    [JsonPropertyName("access")]
    public Access Access { get; init; }

    /// <summary>Team that owns it.</summary>
    [JsonPropertyName("owner")]
    public string? Owner { get; init; }

    /// <summary>Id of the datastore that runs come from.</summary>
    [JsonPropertyName("datastoreId")]
    public int DatastoreId { get; init; }

    /// <summary>Labels that give a datapoint's time.</summary>
    [JsonPropertyName("timelineLabels")]
    public IReadOnlyList<string> TimelineLabels { get => field ?? []; init; }

    /// <summary>JavaScript function that computes a datapoint's time.</summary>
    [JsonPropertyName("timelineFunction")]
    public string? TimelineFunction { get; init; }

    /// <summary>Labels that form the fingerprint.</summary>
    [JsonPropertyName("fingerprintLabels")]
    public IReadOnlyList<string> FingerprintLabels { get => field ?? []; init; }

    /// <summary>JavaScript function that selects fingerprints.</summary>
    [JsonPropertyName("fingerprintFilter")]
    public string? FingerprintFilter { get; init; }

    /// <summary>JavaScript function that makes the URL of a comparison.</summary>
    [JsonPropertyName("compareUrl")]
    public string? CompareUrl { get; init; }

    /// <summary>Names of the transformers it uses.</summary>
    [JsonPropertyName("transformers")]
    public IReadOnlyList<string> Transformers { get => field ?? []; init; }

    /// <summary>Whether watchers are notified.</summary>
    [JsonPropertyName("notificationsEnabled")]
    public bool NotificationsEnabled { get; init; }
}
