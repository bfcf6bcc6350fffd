using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Server.Trust;

/// <summary>Reads what operators type.</summary>
internal static class TrustWords
{
    /// <summary>The states as they are written.</summary>
    public static IReadOnlyList<string> States { get; } = [.. Enum.GetNames<TrustState>().Select(name => name.ToLowerInvariant())];

    /// <summary>A state by its name; null for none.</summary>
    /// <exception cref="ArgumentException">There is no such state.</exception>
    public static TrustState? ReadState(string? word) => word is null ? null
        : !int.TryParse(word, out _) && Enum.TryParse(word, ignoreCase: true, out TrustState state) ? state
        : throw new ArgumentException($"state is '{word}'; allowed: {string.Join(", ", Enum.GetNames<TrustState>()).ToLowerInvariant()}.");
}
