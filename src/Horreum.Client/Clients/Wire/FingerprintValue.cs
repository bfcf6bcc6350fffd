using System.Text.Json;

namespace Horreum.Client.Clients.Wire;

/// <summary>One label of a fingerprint.</summary>
public sealed record FingerprintValue
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>The value.</summary>
    public JsonElement? Value { get; init; }

    /// <summary>Nested values.</summary>
    public IReadOnlyList<JsonElement> Children { get => field ?? []; init; }
}
