namespace McpOptimizer.Server.Api.Answers;

/// <summary>Who asks.</summary>
internal sealed record CallerAnswer
{
    /// <summary>The subject of the token; null for the local secret.</summary>
    public string? Subject { get; init; }

    /// <summary>Whether they may decide for everybody.</summary>
    public required bool IsAdmin { get; init; }

    /// <summary>The profile they get without asking for one; null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>The server's name.</summary>
    public required string Server { get; init; }

    /// <summary>Its version.</summary>
    public required string Version { get; init; }
}
