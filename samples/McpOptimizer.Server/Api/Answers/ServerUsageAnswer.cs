namespace McpOptimizer.Server.Api.Answers;

/// <summary>Calls of one server since the start.</summary>
internal sealed record ServerUsageAnswer
{
    /// <summary>Calls that reached it.</summary>
    public required long Calls { get; init; }

    /// <summary>Those that it did not serve: its tool failed, or it could not be reached.</summary>
    public required long Failed { get; init; }

    /// <summary>Mean duration of the last calls, in milliseconds.</summary>
    public required double MeanMs { get; init; }

    /// <summary>95 of 100 of the last calls were faster.</summary>
    public required double P95Ms { get; init; }
}
