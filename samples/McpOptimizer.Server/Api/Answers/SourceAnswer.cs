namespace McpOptimizer.Server.Api.Answers;

/// <summary>How a source of servers fares.</summary>
internal sealed record SourceAnswer
{
    /// <summary>Its name, without credentials.</summary>
    public required string Name { get; init; }

    /// <summary>How many servers it listed last.</summary>
    public required int Servers { get; init; }

    /// <summary>When it last answered.</summary>
    public DateTimeOffset? LastSuccess { get; init; }

    /// <summary>What went wrong since then.</summary>
    public string? LastError { get; init; }

    /// <summary>Since when it has been failing.</summary>
    public DateTimeOffset? FailingSince { get; init; }
}
