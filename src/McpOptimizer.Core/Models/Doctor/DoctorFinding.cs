namespace McpOptimizer.Core.Models.Doctor;

/// <summary>One thing about one tool, or about several that are too much alike.</summary>
public sealed record DoctorFinding
{
    /// <summary>How bad it is.</summary>
    public required DoctorSeverity Severity { get; init; }

    /// <summary>What it is, in a word that stays the same: one of <see cref="DoctorCodes"/>.</summary>
    public required string Code { get; init; }

    /// <summary>The tool as <c>server/name</c>.</summary>
    public required string Tool { get; init; }

    /// <summary>What was found, with its measure.</summary>
    public required string Message { get; init; }

    /// <summary>What would help; null when nothing simple does.</summary>
    public string? Suggestion { get; init; }

    /// <summary>What the suggestion was measured to do; null when it was not measured.</summary>
    public string? Effect { get; init; }

    /// <summary>The other tools it concerns, as <c>server/name</c>.</summary>
    public IReadOnlyList<string> Others { get => field ?? []; init; }
}
