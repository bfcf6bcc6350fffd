namespace Horreum.Client.Clients.Wire;

/// <summary>Use of a label in a variable.</summary>
public sealed record LabelInVariable
{
    /// <summary>Kind.</summary>
    public string? Type { get; init; }

    /// <summary>Id of the test.</summary>
    public int? TestId { get; init; }

    /// <summary>Name of the test.</summary>
    public string? TestName { get; init; }

    /// <summary>Id of the variable.</summary>
    public int? VariableId { get; init; }

    /// <summary>Name of the variable.</summary>
    public string? VariableName { get; init; }
}
