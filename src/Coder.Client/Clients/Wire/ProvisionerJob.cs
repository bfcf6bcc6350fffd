namespace Coder.Client.Clients.Wire;

/// <summary>The provisioner's job behind a build or a template version.</summary>
public sealed record ProvisionerJob
{
    /// <summary>Id of the job.</summary>
    public Guid Id { get; init; }

    /// <summary>When the job was queued.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>When the job started.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When the job ended.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>When the job was cancelled.</summary>
    public DateTimeOffset? CanceledAt { get; init; }

    /// <summary>Why the job failed.</summary>
    public string? Error { get; init; }

    /// <summary>Machine-readable form of the error.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>pending, running, succeeded, canceling, canceled, failed or unknown.</summary>
    public string? Status { get; init; }

    /// <summary>Place in the queue.</summary>
    public int QueuePosition { get; init; }

    /// <summary>Length of the queue.</summary>
    public int QueueSize { get; init; }
}
