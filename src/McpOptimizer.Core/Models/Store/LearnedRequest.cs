namespace McpOptimizer.Core.Models.Store;

/// <summary>A request that was followed by a call of one of its hits: a row of <c>learned_requests</c> and its rows of <c>learned_outcomes</c>.</summary>
internal sealed record LearnedRequest
{
    /// <summary>Primary key, a UUID as text.</summary>
    public required string Id { get; init; }

    /// <summary>When the call was made.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The profile; empty for callers without one.</summary>
    public required string Profile { get; init; }

    /// <summary>Stands for the caller without naming him; empty for all callers without a token.</summary>
    public required string Caller { get; init; }

    /// <summary>Which model made <see cref="Vector"/>.</summary>
    public required string Model { get; init; }

    /// <summary>The request's vector.</summary>
    public required ReadOnlyMemory<float> Vector { get; init; }

    /// <summary>The request's words; null unless the settings keep them.</summary>
    public string? Text { get; init; }

    /// <summary>The called hit first, then those that were passed over.</summary>
    public required IReadOnlyList<LearnedOutcome> Outcomes { get; init; }
}
