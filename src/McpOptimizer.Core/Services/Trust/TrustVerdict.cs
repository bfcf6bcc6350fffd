using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Which definitions of a server are withheld, and what is to be recorded about it.</summary>
internal sealed class TrustVerdict
{
    /// <summary>Nothing is withheld and nothing recorded.</summary>
    public static TrustVerdict Everything { get; } = new();

    /// <summary>Whether the server's endpoint or instructions hold back all of it.</summary>
    public bool WithholdsServer { get; init; }

    public HashSet<string> WithheldItems { get; } = new(StringComparer.Ordinal);

    /// <summary>New and changed entries.</summary>
    public List<TrustEntry> Entries { get; } = [];

    /// <summary>Entries that made room for new ones.</summary>
    public List<TrustEntry> Forgotten { get; } = [];

    public List<TrustRecord> Log { get; } = [];

    /// <summary>The hash of the endpoint that this verdict is about; null when it is not known.</summary>
    public string? EndpointHash { get; init; }

    /// <summary>The hash of the instructions that this verdict is about; null when there are none.</summary>
    public string? InstructionsHash { get; init; }

    public bool Withholds(string name) => WithholdsServer || WithheldItems.Contains(name);
}
