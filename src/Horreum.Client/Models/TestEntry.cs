using System.Text.Json.Serialization;

namespace Horreum.Client.Models;

/// <summary>A test with its counts: Horreum's own members, and the contract's beside them.</summary>
public sealed record TestEntry
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

    /// <summary>How many runs it has, without trashed ones.</summary>
    [JsonPropertyName("runs")]
    public long? Runs { get; init; }

    /// <summary>How many datasets it has.</summary>
    [JsonPropertyName("datasets")]
    public long? Datasets { get; init; }

    /// <summary>Id of the datastore that runs come from.</summary>
    [JsonPropertyName("datastoreId")]
    public int DatastoreId { get; init; }

    /// <summary>Users and teams that watch it.</summary>
    [JsonPropertyName("watching")]
    public IReadOnlyList<string> Watching { get => field ?? []; init; }
}
