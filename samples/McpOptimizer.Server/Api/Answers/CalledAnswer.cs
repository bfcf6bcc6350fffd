using System.Text.Json.Nodes;
using McpOptimizer.Core.Models.Calls;

namespace McpOptimizer.Server.Api.Answers;

/// <summary>What came of a call.</summary>
internal sealed record CalledAnswer
{
    /// <summary>How it ended.</summary>
    public required ToolCallStatus Status { get; init; }

    /// <summary>The server called; absent when none was found.</summary>
    public string? Server { get; init; }

    /// <summary>The tool called; absent when none was found.</summary>
    public string? Tool { get; init; }

    /// <summary>Why the server failed, for backend_failed.</summary>
    public BackendFailure? Failure { get; init; }

    /// <summary>How long it took.</summary>
    public required double DurationMs { get; init; }

    /// <summary>Whether the result was cut to fit.</summary>
    public required bool IsCut { get; init; }

    /// <summary>Under which the whole result can be read (/api/result), when it was cut and is kept.</summary>
    public string? ResultHandle { get; init; }

    /// <summary>For input_required: what the server asks, by key.</summary>
    public IReadOnlyDictionary<string, QuestionAnswer>? Questions { get; init; }

    /// <summary>For input_required: what the request with the answers has to bring.</summary>
    public string? State { get; init; }

    /// <summary>The MCP result: the tool's own, or one with isError that says what went wrong.</summary>
    public required JsonObject Result { get; init; }
}
