namespace Coder.Client.Models;

/// <summary>Status of an agent. Idle and busy are online; everything else is offline.</summary>
public enum AgentStatus
{
    /// <summary>The build failed, the start script failed, or Coder names a status that is not known.</summary>
    Failed = 0,

    /// <summary>A build waits for a provisioner.</summary>
    Pending,

    /// <summary>The workspace is being started, or runs and is not ready yet.</summary>
    Starting,

    /// <summary>Ready and waiting for a task.</summary>
    Idle,

    /// <summary>Working on a task.</summary>
    Busy,

    /// <summary>The workspace is being stopped.</summary>
    Stopping,

    /// <summary>The workspace is stopped.</summary>
    Stopped,

    /// <summary>A build is being cancelled.</summary>
    Canceling,

    /// <summary>A build was cancelled.</summary>
    Canceled,

    /// <summary>The workspace is being deleted.</summary>
    Deleting,

    /// <summary>The workspace is gone.</summary>
    Deleted,
}
