using System.Text.Json;

namespace Horreum.Client.Clients.Wire;

/// <summary>How changes are found in a variable.</summary>
public sealed record ChangeDetection
{
    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Name of the model.</summary>
    public string? Model { get; init; }

    /// <summary>Settings, depending on the kind.</summary>
    public JsonElement? Config { get; init; }
}
