using System.Collections.ObjectModel;
using System.Text.Json;

namespace Horreum.Client.Clients.Wire;

/// <summary>A model and the inputs it takes.</summary>
public sealed record ConditionConfig
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Title.</summary>
    public string? Title { get; init; }

    /// <summary>Text for people.</summary>
    public string? Description { get; init; }

    /// <summary>Inputs, in order.</summary>
    public IReadOnlyList<ConditionComponent> Ui { get => field ?? []; init; }

    /// <summary>Settings to start with, by name.</summary>
    public IReadOnlyDictionary<string, JsonElement> Defaults { get => field ?? ReadOnlyDictionary<string, JsonElement>.Empty; init; }
}
