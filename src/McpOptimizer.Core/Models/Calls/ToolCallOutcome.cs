using System.Text.Json.Nodes;

namespace McpOptimizer.Core.Models.Calls;

/// <summary>What came of a call. Failures are results too, written for the caller.</summary>
public sealed record ToolCallOutcome
{
    /// <summary>How it ended.</summary>
    public required ToolCallStatus Status { get; init; }

    /// <summary>The MCP <c>CallToolResult</c>: the backend's own, cut if it was too large, or one with <c>isError</c> that says what went wrong.</summary>
    public required JsonObject Result { get; init; }

    /// <summary>What is known of the result's text already; null when nobody has looked yet.</summary>
    internal ResultMeasure? Measure { get; init; }

    /// <summary>The server called; null when none was found.</summary>
    public string? ServerName { get; init; }

    /// <summary>The tool called; null when none was found.</summary>
    public string? ToolName { get; init; }

    /// <summary>Why the backend failed, for <see cref="ToolCallStatus.BackendFailed"/>.</summary>
    public BackendFailure? Failure { get; init; }

    /// <summary>Whether the result was cut to fit, kept or not.</summary>
    public bool IsCut { get; init; }

    /// <summary>Handle under which the whole result can be read, when it was cut and kept; else null.</summary>
    public string? ResultHandle { get; init; }

    /// <summary>For <see cref="ToolCallStatus.InputRequired"/>: what the backend asks, by key.</summary>
    public IReadOnlyDictionary<string, CallerRequest>? Questions { get; init; }

    /// <summary>For <see cref="ToolCallStatus.InputRequired"/>: what the next request must bring to go on.</summary>
    public string? State { get; init; }
}
