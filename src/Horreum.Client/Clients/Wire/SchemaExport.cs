using System.Text.Json;
using System.Text.Json.Serialization;
using Horreum.Client.Models;

namespace Horreum.Client.Clients.Wire;

/// <summary>A schema with its labels and transformers.</summary>
public sealed record SchemaExport
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

    /// <summary>Names of labels.</summary>
    public IReadOnlyList<SchemaLabel> Labels { get => field ?? []; init; }

    /// <summary>Transformers.</summary>
    public IReadOnlyList<Transformer> Transformers { get => field ?? []; init; }
}
