using System.Text.Json;

namespace Horreum.Client.Models;

/// <summary>A run to upload.</summary>
public sealed record RunUploadRequest
{
    /// <summary>Name or id of the test, or JSONPath into the data.</summary>
    public required string Test { get; init; }

    /// <summary>When the measurement started: ISO 8601, milliseconds, words, or JSONPath.</summary>
    public required string Start { get; init; }

    /// <summary>When the measurement ended, in the same forms.</summary>
    public required string Stop { get; init; }

    /// <summary>The data, any JSON.</summary>
    public required JsonElement Data { get; init; }

    /// <summary>Team that will own the run.</summary>
    public string? Owner { get; init; }

    /// <summary>Who may see it: PUBLIC, PROTECTED or PRIVATE.</summary>
    public string? Access { get; init; }

    /// <summary>URI of the schema that the data is given.</summary>
    public string? Schema { get; init; }

    /// <summary>Text for people.</summary>
    public string? Description { get; init; }

    /// <summary>Whether only to check and to send nothing.</summary>
    public bool DryRun { get; init; }
}
