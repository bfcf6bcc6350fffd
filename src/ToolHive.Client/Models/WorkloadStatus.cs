using System.Text.Json.Serialization;

namespace ToolHive.Client.Models;

/// <summary>What a workload is doing. A word that is not known here is kept as it came.</summary>
/// <param name="Value">The word; null means that none was sent.</param>
[JsonConverter(typeof(WorkloadStatusJsonConverter))]
public readonly record struct WorkloadStatus(string? Value)
{
    /// <summary>Answers requests.</summary>
    public static WorkloadStatus Running { get; } = new("running");

    /// <summary>Stopped by its user.</summary>
    public static WorkloadStatus Stopped { get; } = new("stopped");

    /// <summary>Failed.</summary>
    public static WorkloadStatus Error { get; } = new("error");

    /// <summary>About to run.</summary>
    public static WorkloadStatus Starting { get; } = new("starting");

    /// <summary>About to stop.</summary>
    public static WorkloadStatus Stopping { get; } = new("stopping");

    /// <summary>Runs but does not answer.</summary>
    public static WorkloadStatus Unhealthy { get; } = new("unhealthy");

    /// <summary>About to be removed.</summary>
    public static WorkloadStatus Removing { get; } = new("removing");

    /// <summary>ToolHive does not know.</summary>
    public static WorkloadStatus Unknown { get; } = new("unknown");

    /// <summary>A remote server that nobody has signed in to.</summary>
    public static WorkloadStatus Unauthenticated { get; } = new("unauthenticated");

    /// <summary>A remote server whose sign-in is being renewed.</summary>
    public static WorkloadStatus AuthRetrying { get; } = new("auth_retrying");

    /// <summary>Stopped by a policy.</summary>
    public static WorkloadStatus PolicyStopped { get; } = new("policy_stopped");

    /// <summary>True when calls can be sent to it.</summary>
    public bool IsRunning => this == Running;

    /// <inheritdoc/>
    public override string ToString() => Value ?? "unknown";
}
