using System.Text.Json;

namespace Horreum.Client.Clients.Wire;

/// <summary>A series that a dashboard asks for.</summary>
public sealed record ChangesTarget
{
    /// <summary>Name of the series.</summary>
    public string? Target { get; init; }

    /// <summary>Kind.</summary>
    public string? Type { get; init; }

    /// <summary>Name of the series in the request.</summary>
    public string? RefId { get; init; }

    /// <summary>Further settings.</summary>
    public string? Data { get; init; }

    /// <summary>Further settings, any JSON.</summary>
    public JsonElement? Payload { get; init; }
}
