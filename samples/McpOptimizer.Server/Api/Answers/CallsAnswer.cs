namespace McpOptimizer.Server.Api.Answers;

/// <summary>The last calls.</summary>
internal sealed record CallsAnswer
{
    /// <summary>Newest first.</summary>
    public required IReadOnlyList<CallAnswer> Calls { get; init; }

    /// <summary>The id to ask after for what comes next.</summary>
    public required long Newest { get; init; }

    /// <summary>Whether arguments are recorded.</summary>
    public required bool RecordsArguments { get; init; }
}
