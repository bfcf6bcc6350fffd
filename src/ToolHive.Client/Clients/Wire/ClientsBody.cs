namespace ToolHive.Client.Clients.Wire;

/// <summary>AI clients and their groups.</summary>
internal sealed record ClientsBody
{
    public IReadOnlyList<string>? Names { get; init; }

    public IReadOnlyList<string>? Groups { get; init; }
}
