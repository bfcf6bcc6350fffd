using System.Collections.ObjectModel;
using System.Text.Json;

namespace Horreum.Client.Clients.Wire;

/// <summary>Outcome of one experiment profile for a dataset.</summary>
public sealed record ExperimentResult
{
    /// <summary>Profile that matched.</summary>
    public ExperimentProfile? Profile { get; init; }

    /// <summary>What was logged.</summary>
    public IReadOnlyList<DatasetLog> Logs { get => field ?? []; init; }

    /// <summary>Dataset that was compared.</summary>
    public DatasetInfo? DatasetInfo { get; init; }

    /// <summary>Datasets compared with.</summary>
    public IReadOnlyList<DatasetInfo> Baseline { get => field ?? []; init; }

    /// <summary>Outcome of each variable, by name.</summary>
    public IReadOnlyDictionary<string, ComparisonResult> Results { get => field ?? ReadOnlyDictionary<string, ComparisonResult>.Empty; init; }

    /// <summary>Labels shown with the result.</summary>
    public JsonElement? ExtraLabels { get; init; }

    /// <summary>Whether watchers are notified.</summary>
    public bool? Notify { get; init; }
}
