namespace McpOptimizer.Core.Models.Learning;

/// <summary>Which of the requests that were learned from are forgotten: those that fit everything given. With nothing given, all.</summary>
public sealed record ForgetRequest
{
    /// <summary>The profile; empty for callers without one; null for all.</summary>
    public string? Profile { get; init; }

    /// <summary>The subject whose requests; empty for callers without a token; null for all.</summary>
    public string? Subject { get; init; }

    /// <summary>The server of a tool that was called or passed over; null for all.</summary>
    public string? ServerName { get; init; }

    /// <summary>That tool's name; needs <see cref="ServerName"/>. Null for all.</summary>
    public string? ToolName { get; init; }

    /// <summary>Only what is older; null for any age.</summary>
    public DateTimeOffset? Before { get; init; }
}
