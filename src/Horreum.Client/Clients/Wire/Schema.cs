using System.Text.Json;
using System.Text.Json.Serialization;
using Horreum.Client.Models;

namespace Horreum.Client.Clients.Wire;

/// <summary>A named kind of JSON document, identified by its URI.</summary>
public sealed record Schema
{
    /// <summary>Who may see it: <c>PUBLIC</c>, <c>PROTECTED</c> or <c>PRIVATE</c>.</summary>
    public Access Access { get; init; }

    /// <summary>Team that owns it.</summary>
    public string? Owner { get; init; }

    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>URI that identifies it.</summary>
    public string? Uri { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Text for people.</summary>
    public string? Description { get; init; }

    /// <summary>JSON schema to check data against; null when nothing is checked.</summary>
    [JsonPropertyName("schema")]
    public JsonElement? JsonSchema { get; init; }
}
