namespace Horreum.Client.Clients.Wire;

/// <summary>One panel of a dashboard.</summary>
public sealed record PanelInfo
{
    /// <summary>Its name.</summary>
    public string? Name { get; init; }

    /// <summary>Variables.</summary>
    public IReadOnlyList<Variable> Variables { get => field ?? []; init; }
}
