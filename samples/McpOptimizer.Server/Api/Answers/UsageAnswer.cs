namespace McpOptimizer.Server.Api.Answers;

/// <summary>What was searched and called since the start.</summary>
internal sealed record UsageAnswer
{
    /// <summary>Searches for tools.</summary>
    public required long Searches { get; init; }

    /// <summary>Calls of tools.</summary>
    public required long Calls { get; init; }

    /// <summary>Those whose tool failed or whose server could not be reached.</summary>
    public required long FailedCalls { get; init; }

    /// <summary>Tokens of every definition that was visible to the searcher, summed over all searches: what listing all of them each time would have cost.</summary>
    public required long BaselineTokens { get; init; }

    /// <summary>Tokens of what was shown instead.</summary>
    public required long ReturnedTokens { get; init; }

    /// <summary>The difference, never negative for one search.</summary>
    public required long TokensSaved { get; init; }

    /// <summary>The last hour, oldest minute first; the last one is not over yet.</summary>
    public required IReadOnlyList<MinuteAnswer> Minutes { get; init; }
}
