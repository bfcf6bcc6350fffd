namespace McpOptimizer.Server.Api.Answers;

/// <summary>A profile: its rules as they are set, and what follows.</summary>
internal sealed record ProfileAnswer
{
    /// <summary>Its name, as in /mcp/NAME.</summary>
    public required string Name { get; init; }

    /// <summary>Whether it is for whoever addresses none.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>Names of tokens that always have it.</summary>
    public required IReadOnlyList<string> Subjects { get; init; }

    /// <summary>Groups; empty for all.</summary>
    public required IReadOnlyList<string> Groups { get; init; }

    /// <summary>Servers; empty for all.</summary>
    public required IReadOnlyList<string> Servers { get; init; }

    /// <summary>Tools; empty for all.</summary>
    public required IReadOnlyList<string> AllowTools { get; init; }

    /// <summary>Hidden tools.</summary>
    public required IReadOnlyList<string> DenyTools { get; init; }

    /// <summary>Whether only tools that say they are read-only are visible.</summary>
    public required bool ReadOnly { get; init; }

    /// <summary>Whose word on that is believed; empty for all.</summary>
    public required IReadOnlyList<string> BelieveHintsOf { get; init; }

    /// <summary>Most searches and calls a minute; absent for no limit.</summary>
    public int? CallsPerMinute { get; init; }

    /// <summary>Most at the same time; absent for no limit.</summary>
    public int? MaxConcurrentCalls { get; init; }

    /// <summary>What it sees now.</summary>
    public required SeenAnswer Sees { get; init; }
}
