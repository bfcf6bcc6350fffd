using ToolHive.Client.Models.Groups;

namespace ToolHive.Client.Tools.Results;

/// <summary>All groups.</summary>
internal sealed record GroupList
{
    public required IReadOnlyList<GroupInfo> Groups { get; init; }

    public static GroupList From(IReadOnlyList<Group> groups) => new()
    {
        Groups = [.. groups.Select(group => new GroupInfo { Name = group.Name ?? "", Clients = group.RegisteredClients })],
    };
}
