namespace Horreum.Client.Clients.Wire;

/// <summary>A value followed over time, computed from labels.</summary>
public sealed record Variable
{
    /// <summary>Its id.</summary>
    public int Id { get; init; }

    /// <summary>Id of the test.</summary>
    public int TestId { get; init; }

    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Group it is shown in.</summary>
    public string? Group { get; init; }

    /// <summary>Position, from 0.</summary>
    public int Order { get; init; }

    /// <summary>Names of labels.</summary>
    public IReadOnlyList<string> Labels { get => field ?? []; init; }

    /// <summary>JavaScript function that computes the value from the labels.</summary>
    public string? Calculation { get; init; }

    /// <summary>How changes are found; several may apply.</summary>
    public IReadOnlyList<ChangeDetection> ChangeDetection { get => field ?? []; init; }
}
