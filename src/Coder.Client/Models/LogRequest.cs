namespace Coder.Client.Models;

/// <summary>Which part of a conversation.</summary>
public sealed record LogRequest
{
    /// <summary>Which page.</summary>
    public required PageRequest Page { get; init; }

    /// <summary>Only entries with a higher id; null is all.</summary>
    public long? AfterId { get; init; }

    /// <summary>Characters before an entry is cut: 100 to 1,000,000; null is the configured number.</summary>
    public int? MaxCharacters { get; init; }
}
