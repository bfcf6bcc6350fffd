namespace McpOptimizer.Core.Models.Trust;

/// <summary>One field that differs. In all texts, characters that cannot be seen are written as <c>\u{200B}</c>.</summary>
public sealed record TrustChange
{
    /// <summary>The field, for example <c>inputSchema.properties.path.type</c>.</summary>
    public required string Path { get; init; }

    /// <summary>Its approved value: a string as it is, anything else as JSON; null when the field is new.</summary>
    public string? Before { get; init; }

    /// <summary>Its current value; null when the field is gone.</summary>
    public string? After { get; init; }

    /// <summary>Of long texts: the lines (or sentences) that differ, marked with <c>-</c> and <c>+</c>; else null.</summary>
    public string? Unified { get; init; }
}
