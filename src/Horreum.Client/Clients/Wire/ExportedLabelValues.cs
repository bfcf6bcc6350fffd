using System.Text.Json;

namespace Horreum.Client.Clients.Wire;

/// <summary>All label values of one dataset.</summary>
/// <remarks>Settable, since the serializer reads init-only members through boxes: lists would cost twice the time.</remarks>
public sealed record ExportedLabelValues
{
    /// <summary>Object of label name to value of any JSON type.</summary>
    public JsonElement? Values { get; set; }

    /// <summary>Id of the run.</summary>
    public int? RunId { get; set; }

    /// <summary>Id of the dataset.</summary>
    public int? DatasetId { get; set; }

    /// <summary>When the measurement started.</summary>
    public DateTimeOffset Start { get; set; }

    /// <summary>When the measurement ended.</summary>
    public DateTimeOffset Stop { get; set; }
}
