namespace McpOptimizer.Server.Api.Answers;

/// <summary>How everything stands.</summary>
internal sealed record OverviewAnswer
{
    /// <summary>The optimizer's name.</summary>
    public required string Server { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }

    /// <summary>Its clock.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Since when it counts.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Whether there is something to search.</summary>
    public required bool IsReady { get; init; }

    /// <summary>Whether servers are being asked for the first time.</summary>
    public required bool IsLooking { get; init; }

    /// <summary>Its process; administrators only.</summary>
    public int? ProcessId { get; init; }

    /// <summary>Full path of its database, where that is a file; administrators only.</summary>
    public string? Database { get; init; }

    /// <summary>Visible tools.</summary>
    public required int Tools { get; init; }

    /// <summary>Tokens of their definitions.</summary>
    public required long Tokens { get; init; }

    /// <summary>The servers by name.</summary>
    public required IReadOnlyList<ServerAnswer> Servers { get; init; }

    /// <summary>Where servers come from; administrators only.</summary>
    public IReadOnlyList<SourceAnswer>? Sources { get; init; }

    /// <summary>What fails beside servers and sources; administrators only.</summary>
    public IReadOnlyList<FaultAnswer>? Faults { get; init; }

    /// <summary>What was searched and called; administrators only.</summary>
    public UsageAnswer? Usage { get; init; }
}
