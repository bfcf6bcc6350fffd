using System.Text.Json.Serialization;

namespace Horreum.Client.Clients.Wire;

/// <summary>Whether the server could connect to a datastore.</summary>
public sealed record DatastoreTestResponse
{
    /// <summary>What happened.</summary>
    [JsonPropertyName("msg")]
    public string? Message { get; init; }

    /// <summary>Whether it worked.</summary>
    public bool? Success { get; init; }
}
