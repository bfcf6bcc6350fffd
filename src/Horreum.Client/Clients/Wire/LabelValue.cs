using System.Text.Json;

namespace Horreum.Client.Clients.Wire;

/// <summary>Value of one label in a dataset.</summary>
public sealed record LabelValue
{
    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>The schema.</summary>
    public SchemaDescriptor? Schema { get; init; }

    /// <summary>Value of any JSON type.</summary>
    public JsonElement? Value { get; init; }
}
