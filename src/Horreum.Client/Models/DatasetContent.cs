using System.Text.Json;

namespace Horreum.Client.Models;

/// <summary>A dataset with its content.</summary>
public sealed record DatasetContent
{
    /// <summary>Its id.</summary>
    public required string DatasetId { get; init; }

    /// <summary>Id of its run.</summary>
    public required string RunId { get; init; }

    /// <summary>Id of its test.</summary>
    public required string TestId { get; init; }

    /// <summary>Position in its run, from 0.</summary>
    public int Ordinal { get; init; }

    /// <summary>When the measurement started, milliseconds since 1970.</summary>
    public long? Start { get; init; }

    /// <summary>When the measurement ended, milliseconds since 1970.</summary>
    public long? Stop { get; init; }

    /// <summary><see cref="Start"/> in ISO 8601, UTC.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary><see cref="Stop"/> in ISO 8601, UTC.</summary>
    public DateTimeOffset? StopTime { get; init; }

    /// <summary>Text for people.</summary>
    public string? Description { get; init; }

    /// <summary>The data, an array with one element for each schema.</summary>
    public JsonElement? Content { get; init; }
}
