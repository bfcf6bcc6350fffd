using System.Text.Json;

namespace Horreum.Client.Clients.Wire;

/// <summary>Result of computing a label without storing it.</summary>
public sealed record LabelPreview
{
    /// <summary>The value.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>What the computation logged.</summary>
    public string? Output { get; init; }
}
