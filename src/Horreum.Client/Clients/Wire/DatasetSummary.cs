using System.Text.Json;
using System.Text.Json.Serialization;
using Horreum.Client.Models;

namespace Horreum.Client.Clients.Wire;

/// <summary>A dataset without its content.</summary>
public sealed record DatasetSummary
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

    /// <summary>Id of the run.</summary>
    public int RunId { get; init; }

    /// <summary>Position in its run, from 0.</summary>
    public int Ordinal { get; init; }

    /// <summary>Id of the test.</summary>
    public int TestId { get; init; }

    /// <summary>Name of the test.</summary>
    [JsonPropertyName("testname")]
    public string? TestName { get; init; }

    /// <summary>Text for people.</summary>
    public string? Description { get; init; }

    /// <summary>Values of the view's columns.</summary>
    public JsonElement? View { get; init; }

    /// <summary>Schemas.</summary>
    public IReadOnlyList<SchemaUsage> Schemas { get => field ?? []; init; }

    /// <summary>Where the data does not fit its schema.</summary>
    public IReadOnlyList<ValidationError> ValidationErrors { get => field ?? []; init; }
}
