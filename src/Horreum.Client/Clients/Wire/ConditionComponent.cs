using System.Collections.ObjectModel;
using System.Text.Json;

namespace Horreum.Client.Clients.Wire;

/// <summary>One input of a model's settings.</summary>
public sealed record ConditionComponent
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>Text for people.</summary>
    public string? Description { get; init; }

    /// <summary>Kind of input: LOG_SLIDER, ENUM, NUMBER_BOUND or SWITCH.</summary>
    public JsonElement? Type { get; init; }

    /// <summary>Settings of the input, by name.</summary>
    public IReadOnlyDictionary<string, JsonElement> Properties { get => field ?? ReadOnlyDictionary<string, JsonElement>.Empty; init; }
}
