using System.Collections.ObjectModel;

namespace ToolHive.Client.Models.Workloads;

/// <summary>Headers that a proxy adds to each request.</summary>
public sealed record HeaderForwarding
{
    /// <summary>Header name to value.</summary>
    public IReadOnlyDictionary<string, string> AddPlaintextHeaders { get => field ?? ReadOnlyDictionary<string, string>.Empty; init; }

    /// <summary>Header name to name of a secret.</summary>
    public IReadOnlyDictionary<string, string> AddHeadersFromSecret { get => field ?? ReadOnlyDictionary<string, string>.Empty; init; }
}
