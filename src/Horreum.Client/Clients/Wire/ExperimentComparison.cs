using System.Text.Json;

namespace Horreum.Client.Clients.Wire;

/// <summary>How an experiment compares one variable.</summary>
public sealed record ExperimentComparison
{
    /// <summary>Name of the model.</summary>
    public string? Model { get; init; }

    /// <summary>Settings of the model, any JSON.</summary>
    public JsonElement? Config { get; init; }

    /// <summary>Id of the variable.</summary>
    public int VariableId { get; init; }

    /// <summary>Name of the variable.</summary>
    public string? VariableName { get; init; }
}
