namespace Coder.Client.Models;

/// <summary>One report of an agent.</summary>
public sealed record HistoryItem
{
    /// <summary>What the agent said it does; can be empty.</summary>
    public required string Message { get; init; }

    /// <summary>working, idle, complete or failure.</summary>
    public string? State { get; init; }

    /// <summary>A link that belongs to the report; null when there is none.</summary>
    public string? Uri { get; init; }

    /// <summary>Deprecated by Coder and false on current servers.</summary>
    public bool NeedsUserAttention { get; init; }

    /// <summary>When, UTC.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
