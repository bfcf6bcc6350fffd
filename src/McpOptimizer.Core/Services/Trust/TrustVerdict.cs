using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Which tools of a server are withheld, and what is to be recorded about it.</summary>
internal sealed class TrustVerdict
{
    /// <summary>Nothing is withheld and nothing recorded.</summary>
    public static TrustVerdict Everything { get; } = new();

    /// <summary>Whether the server's instructions hold back all of its tools.</summary>
    public bool WithholdsServer { get; init; }

    public HashSet<string> WithheldTools { get; } = new(StringComparer.Ordinal);

    /// <summary>New and changed entries.</summary>
    public List<TrustEntry> Entries { get; } = [];

    public List<TrustRecord> Log { get; } = [];

    public bool Withholds(string toolName) => WithholdsServer || WithheldTools.Contains(toolName);
}
