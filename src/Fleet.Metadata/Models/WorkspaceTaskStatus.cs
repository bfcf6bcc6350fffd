using System.Text.Json.Serialization;

namespace Fleet.Metadata.Models;

/// <summary>What the agent in the workspace is doing.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WorkspaceTaskStatus>))]
public enum WorkspaceTaskStatus
{
    /// <summary>Nothing; also when no task was ever reported.</summary>
    [JsonStringEnumMemberName("idle")]
    Idle,

    /// <summary>A task is being worked on.</summary>
    [JsonStringEnumMemberName("running")]
    Running,

    /// <summary>The last task ended well.</summary>
    [JsonStringEnumMemberName("completed")]
    Completed,

    /// <summary>The last task ended badly.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,
}
