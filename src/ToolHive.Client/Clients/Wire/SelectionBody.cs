namespace ToolHive.Client.Clients.Wire;

/// <summary>Workloads chosen by name or by group; only one member is sent.</summary>
internal sealed record SelectionBody
{
    public IReadOnlyList<string>? Names { get; init; }

    public string? Group { get; init; }
}
