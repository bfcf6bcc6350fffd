using McpOptimizer.Core.Models.Calls;

namespace McpOptimizer.Core.Models.Disclosure;

/// <summary>How a known server stands, whether it runs or not.</summary>
public sealed record ServerStanding
{
    /// <summary>Workload name.</summary>
    public required string Name { get; init; }

    /// <summary>The group it belongs to.</summary>
    public string Group { get => field ?? "default"; init; }

    /// <summary>What the optimizer makes of its source's word; null for a server that no listing could be stored of yet.</summary>
    public ServerStatus? Status { get; init; }

    /// <summary>Why the status is not running, or why it was not stored, in words; null when nobody said. For operators: addresses and commands may stand in it.</summary>
    public string? Reason { get; init; }

    /// <summary>True while it is asked for the first time and has not answered.</summary>
    public bool IsStarting { get; init; }

    /// <summary>How it is reached; null when nothing is stored of it.</summary>
    public TransportKind? Transport { get; init; }

    /// <summary>Number of its tools that the caller sees.</summary>
    public int Tools { get; init; }

    /// <summary>Tokens of their definitions.</summary>
    public long Tokens { get; init; }

    /// <summary>Number of its tools that await a decision or were rejected; 0 for callers who are no operators.</summary>
    public int WithheldTools { get; init; }

    /// <summary>Its connection; null when it was never contacted. For operators, as <see cref="Reason"/>.</summary>
    public BackendStatus? Backend { get; init; }
}
