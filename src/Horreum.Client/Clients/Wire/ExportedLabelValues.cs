using System.Text.Json;

namespace Horreum.Client.Clients.Wire;

/// <summary>All label values of one dataset.</summary>
public sealed record ExportedLabelValues
{
    /// <summary>Object of label name to value of any JSON type.</summary>
    public JsonElement? Values { get; init; }

    /// <summary>Id of the run.</summary>
    public int? RunId { get; init; }

    /// <summary>Id of the dataset.</summary>
    public int? DatasetId { get; init; }

    /// <summary>When the measurement started.</summary>
    public DateTimeOffset Start { get; init; }

    /// <summary>When the measurement ended.</summary>
    public DateTimeOffset Stop { get; init; }
}
