namespace McpOptimizer.Core.Models.Calls;

/// <summary>How a backend's connection stands.</summary>
public sealed record BackendStatus
{
    /// <summary>The backend.</summary>
    public required string ServerName { get; init; }

    /// <summary>What its connection is doing.</summary>
    public required BackendState State { get; init; }

    /// <summary>Operations under way or waiting.</summary>
    public int Operations { get; init; }

    /// <summary>Process id of a stdio server that runs; else null.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Protocol version in use while connected; else null.</summary>
    public string? ProtocolVersion { get; init; }

    /// <summary>Why the last operation failed, if it was the connection's fault; null after a success.</summary>
    public string? LastError { get; init; }

    /// <summary>Since when no operation succeeded; null after a success.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>For <see cref="BackendState.Broken"/>: when it is tried again.</summary>
    public DateTimeOffset? TriedAgainAt { get; init; }
}
