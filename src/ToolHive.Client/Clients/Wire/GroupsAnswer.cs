using ToolHive.Client.Models.Groups;

namespace ToolHive.Client.Clients.Wire;

/// <summary>All groups.</summary>
internal sealed record GroupsAnswer
{
    public IReadOnlyList<Group>? Groups { get; init; }
}
