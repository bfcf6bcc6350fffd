namespace Horreum.Client.Clients.Wire;

/// <summary>A time series.</summary>
public sealed record ChangesSeries
{
    /// <summary>Name of the series.</summary>
    public string? Target { get; init; }

    /// <summary>Pairs of value and time in milliseconds since 1970.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Datapoints { get => field ?? []; init; }

    /// <summary>Id of the variable.</summary>
    public int VariableId { get; init; }
}
