namespace McpOptimizer.Core.Models.Trust;

/// <summary>One line of the trust log. Decisions are only ever added; what the optimizer saw is bounded per server and hour, and kept for a time.</summary>
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

    /// <summary>What kind of thing <see cref="Name"/> is.</summary>
    public TrustKind Kind { get; init; }

    /// <summary>The tool, prompt or address of a resource; null for all else, and where several are meant.</summary>
    public string? Name { get; init; }

    /// <summary>Hash of the definition concerned.</summary>
    public string? Hash { get; init; }

    /// <summary>Hash of what was approved before.</summary>
    public string? ApprovedHash { get; init; }

    /// <summary>Who decided; null for what the optimizer did by itself.</summary>
    public string? By { get; init; }

    /// <summary>A decision's note, or the reason of what the optimizer did.</summary>
    public string? Note { get; init; }

    /// <summary>As <see cref="TrustEntry.DisplayName"/>; the server alone where several things are meant.</summary>
    public string DisplayName => VisibleText.Escape(Name is null && Kind is not (TrustKind.Instructions or TrustKind.Endpoint) ? ServerName : TrustEntry.NameOf(ServerName, Kind, Name));

    /// <summary>Which running optimizer wrote it, so that the others can tell what is news to them.</summary>
    internal string Writer { get; init; } = "";
}
