namespace McpOptimizer.Server.Api.Answers;

/// <summary>How one server stands. What may hold addresses or commands is told to administrators only.</summary>
internal sealed record ServerAnswer
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The group it belongs to.</summary>
    public required string Group { get; init; }

    /// <summary>starting, running, failing (its last operation failed), broken (left alone until next_retry), stopped, error or unknown.</summary>
    public required string State { get; init; }

    /// <summary>Why it does not run, as far as anybody said.</summary>
    public string? Reason { get; init; }

    /// <summary>stdio, streamable-http or sse.</summary>
    public string? Transport { get; init; }

    /// <summary>Visible tools.</summary>
    public required int Tools { get; init; }

    /// <summary>Tokens of their definitions.</summary>
    public required long Tokens { get; init; }

    /// <summary>Tools that are withheld by trust.</summary>
    public required int WithheldTools { get; init; }

    /// <summary>idle, connecting, connected or broken; absent when it was never contacted.</summary>
    public string? Connection { get; init; }

    /// <summary>Why its last operation failed; absent after a success.</summary>
    public string? LastError { get; init; }

    /// <summary>Since when no operation succeeded.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>When a broken one is tried again.</summary>
    public DateTimeOffset? NextRetry { get; init; }

    /// <summary>Process of a server over standard streams.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Protocol version in use.</summary>
    public string? ProtocolVersion { get; init; }

    /// <summary>Its calls since the start; absent when there were none.</summary>
    public ServerUsageAnswer? Usage { get; init; }
}
