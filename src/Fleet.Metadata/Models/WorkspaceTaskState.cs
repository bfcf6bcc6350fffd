using System.Text.Json.Serialization;

namespace Fleet.Metadata.Models;

/// <summary>Content of the task state file.</summary>
public sealed record WorkspaceTaskState
{
    /// <summary>What the agent is doing.</summary>
    public required WorkspaceTaskStatus Status { get; init; }

    /// <summary>What the task is about; null when nobody said.</summary>
    public string? Description { get; init; }

    /// <summary>When the state was written; null when the writer did not say.</summary>
    [JsonPropertyName("updated_at")]
    public DateTimeOffset? UpdatedAt { get; init; }
}
