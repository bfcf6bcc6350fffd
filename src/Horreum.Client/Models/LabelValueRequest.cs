namespace Horreum.Client.Models;

/// <summary>Which label values to read.</summary>
public record LabelValueRequest : PageRequest
{
    /// <summary>JSON object of label values, or a JSONPath expression.</summary>
    public string? Filter { get; init; }

    /// <summary>Labels to answer; all without it.</summary>
    public IReadOnlyList<string>? Include { get; init; }

    /// <summary>Labels to leave out.</summary>
    public IReadOnlyList<string>? Exclude { get; init; }

    /// <summary>Whether an array in the filter means any of its values; without it, exactly when the filter holds an array.</summary>
    public bool? MultiFilter { get; init; }

    /// <summary><c>start</c> or <c>stop</c>, for a test.</summary>
    public string? Sort { get; init; }

    /// <summary>Order.</summary>
    public SortDirection? Direction { get; init; }
}
