using McpOptimizer.Core.Models.Calls;

namespace McpOptimizer.Server.Api.Answers;

/// <summary>One call that was made.</summary>
internal sealed record CallAnswer
{
    /// <summary>Rises with every call, from 1 at the start.</summary>
    public required long Id { get; init; }

    /// <summary>When it began.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Subject of the caller's token; absent where there is none.</summary>
    public string? Caller { get; init; }

    /// <summary>The server; absent when none was found.</summary>
    public string? Server { get; init; }

    /// <summary>The tool, the resource's address or the prompt.</summary>
    public string? Name { get; init; }

    /// <summary>tools/call, resources/read or prompts/get.</summary>
    public required string Method { get; init; }

    /// <summary>How it ended.</summary>
    public required ToolCallStatus Status { get; init; }

    /// <summary>Why the server failed.</summary>
    public BackendFailure? Failure { get; init; }

    /// <summary>UTF-8 bytes of the arguments.</summary>
    public required long ArgumentBytes { get; init; }

    /// <summary>UTF-8 bytes of the result.</summary>
    public required long ResultBytes { get; init; }

    /// <summary>Whether the result was cut.</summary>
    public required bool IsCut { get; init; }

    /// <summary>How long it took.</summary>
    public required double DurationMs { get; init; }

    /// <summary>The arguments, where they are recorded; the first 2,000 characters.</summary>
    public string? Arguments { get; init; }
}
