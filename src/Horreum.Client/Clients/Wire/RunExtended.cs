using System.Text.Json;
using System.Text.Json.Serialization;
using Horreum.Client.Models;

namespace Horreum.Client.Clients.Wire;

/// <summary>A run with its data and the names around it.</summary>
public sealed record RunExtended
{
    /// <summary>Who may see it: <c>PUBLIC</c>, <c>PROTECTED</c> or <c>PRIVATE</c>.</summary>
    public Access Access { get; init; }

    /// <summary>Team that owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>When the measurement started.</summary>
    public DateTimeOffset Start { get; init; }

    /// <summary>When the measurement ended.</summary>
    public DateTimeOffset Stop { get; init; }

    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Text for people.</summary>
    public string? Description { get; init; }

    /// <summary>Id of the test.</summary>
    [JsonPropertyName("testid")]
    public int TestId { get; init; }

    /// <summary>The content, any JSON.</summary>
    public JsonElement? Data { get; init; }

    /// <summary>Metadata, any JSON.</summary>
    public JsonElement? Metadata { get; init; }

    /// <summary>Whether it is in the trash.</summary>
    public bool Trashed { get; init; }

    /// <summary>Where the data does not fit its schema.</summary>
    public IReadOnlyList<ValidationError> ValidationErrors { get => field ?? []; init; }

    /// <summary>Schemas.</summary>
    public IReadOnlyList<SchemaUsage> Schemas { get => field ?? []; init; }

    /// <summary>Name of the test.</summary>
    [JsonPropertyName("testname")]
    public string? TestName { get; init; }

    /// <summary>Ids of its datasets.</summary>
    public IReadOnlyList<int> Datasets { get => field ?? []; init; }
}
