namespace McpOptimizer.Core.Models.Trust;

/// <summary>Text in a definition that seems to be aimed at a model rather than at a reader.</summary>
public sealed record TrustFinding
{
    /// <summary>Kind of finding, for example <c>hidden-text</c>; one of a fixed set.</summary>
    public required string Code { get; init; }

    /// <summary>How abnormal it is.</summary>
    public required FindingSeverity Severity { get; init; }

    /// <summary>Member that holds the text, for example <c>inputSchema.properties.path.description</c>; <c>instructions</c> for a server's.</summary>
    public required string Path { get; init; }

    /// <summary>What is wrong with it, in a few words.</summary>
    public required string Reason { get; init; }

    /// <summary>The place, at most 120 characters; characters that cannot be seen are written as <c>\u{200B}</c>.</summary>
    public required string Excerpt { get; init; }
}
