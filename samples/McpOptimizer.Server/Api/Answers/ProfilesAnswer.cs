namespace McpOptimizer.Server.Api.Answers;

/// <summary>The profiles.</summary>
internal sealed record ProfilesAnswer
{
    /// <summary>The one for whoever addresses none; absent for none.</summary>
    public string? DefaultProfile { get; init; }

    /// <summary>What is visible without a profile.</summary>
    public required SeenAnswer Everything { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyList<ProfileAnswer> Profiles { get; init; }
}
