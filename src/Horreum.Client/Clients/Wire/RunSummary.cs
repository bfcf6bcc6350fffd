using System.Text.Json.Serialization;
using Horreum.Client.Models;

namespace Horreum.Client.Clients.Wire;

/// <summary>A run without its data.</summary>
/// <remarks>Settable, since the serializer reads init-only members through boxes: lists would cost twice the time.</remarks>
public sealed record RunSummary
{
    /// <summary>Who may see it: <c>PUBLIC</c>, <c>PROTECTED</c> or <c>PRIVATE</c>.</summary>
    public Access Access { get; set; }

    /// <summary>Team that owns it.</summary>
    public string? Owner { get; set; }

    /// <summary>When the measurement started.</summary>
    public DateTimeOffset Start { get; set; }

    /// <summary>When the measurement ended.</summary>
    public DateTimeOffset Stop { get; set; }

    /// <summary>Its id.</summary>
    public int Id { get; set; }

    /// <summary>Id of the test.</summary>
    [JsonPropertyName("testid")]
    public int TestId { get; set; }

    /// <summary>Name of the test.</summary>
    [JsonPropertyName("testname")]
    public string? TestName { get; set; }

    /// <summary>Whether it is in the trash.</summary>
    public bool Trashed { get; set; }

    /// <summary>Whether the run has metadata.</summary>
    public bool HasMetadata { get; set; }

    /// <summary>Text for people.</summary>
    public string? Description { get; set; }

    /// <summary>Schemas.</summary>
    public IReadOnlyList<SchemaUsage> Schemas { get => field ?? []; set; }

    /// <summary>Ids of its datasets.</summary>
    public IReadOnlyList<int> Datasets { get => field ?? []; set; }

    /// <summary>Where the data does not fit its schema.</summary>
    public IReadOnlyList<ValidationError> ValidationErrors { get => field ?? []; set; }
}
