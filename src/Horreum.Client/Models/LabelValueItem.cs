namespace Horreum.Client.Models;

/// <summary>All label values of one dataset.</summary>
public sealed record LabelValueItem
{
    /// <summary>Label and value, in Horreum's order.</summary>
    public IReadOnlyList<NamedValue> Values { get => field ?? []; init; }

    /// <summary>Id of the run.</summary>
    public string? RunId { get; init; }

    /// <summary>Id of the dataset.</summary>
    public string? DatasetId { get; init; }

    /// <summary>When the measurement started.</summary>
    public DateTimeOffset? Start { get; init; }

    /// <summary>When the measurement ended.</summary>
    public DateTimeOffset? Stop { get; init; }
}
