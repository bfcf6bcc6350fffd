namespace McpOptimizer.Core.Models.Trust;

/// <summary>One line of the trust log. Lines are only ever added.</summary>
public sealed record TrustRecord
{
    /// <summary>Rises with every line.</summary>
    public long Id { get; init; }

    /// <summary>When it happened.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What happened.</summary>
    public required TrustAction Action { get; init; }

    /// <summary>The server.</summary>
    public required string ServerName { get; init; }

    /// <summary>The tool; null for the instructions or the whole server (<see cref="TrustAction.Pinned"/>, <see cref="TrustAction.Removed"/>).</summary>
    public string? ToolName { get; init; }

    /// <summary>Hash of the definition concerned.</summary>
    public string? Hash { get; init; }

    /// <summary>Hash of what was approved before.</summary>
    public string? ApprovedHash { get; init; }

    /// <summary>Who decided; null for what the optimizer did by itself.</summary>
    public string? By { get; init; }

    /// <summary>A decision's note, or the reason of what the optimizer did.</summary>
    public string? Note { get; init; }

    /// <summary>Which running optimizer wrote it, so that the others can tell what is news to them.</summary>
    internal string Writer { get; init; } = "";
}
