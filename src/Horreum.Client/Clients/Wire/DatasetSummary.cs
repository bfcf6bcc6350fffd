using System.Text.Json;
using System.Text.Json.Serialization;
using Horreum.Client.Models;

namespace Horreum.Client.Clients.Wire;

/// <summary>A dataset without its content.</summary>
/// <remarks>Settable, since the serializer reads init-only members through boxes: lists would cost twice the time.</remarks>
public sealed record DatasetSummary
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

    /// <summary>Id of the run.</summary>
    public int RunId { get; set; }

    /// <summary>Position in its run, from 0.</summary>
    public int Ordinal { get; set; }

    /// <summary>Id of the test.</summary>
    public int TestId { get; set; }

    /// <summary>Name of the test.</summary>
    [JsonPropertyName("testname")]
    public string? TestName { get; set; }

    /// <summary>Text for people.</summary>
    public string? Description { get; set; }

    /// <summary>Values of the view's columns.</summary>
    public JsonElement? View { get; set; }

    /// <summary>Schemas.</summary>
    public IReadOnlyList<SchemaUsage> Schemas { get => field ?? []; set; }

    /// <summary>Where the data does not fit its schema.</summary>
    public IReadOnlyList<ValidationError> ValidationErrors { get => field ?? []; set; }
}
