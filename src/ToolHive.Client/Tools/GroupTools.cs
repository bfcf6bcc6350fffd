using ToolHive.Client.Services;
using ToolHive.Client.Tools.Results;

namespace ToolHive.Client.Tools;

/// <summary>Tools that look at groups.</summary>
internal static class GroupTools
{
    public static IReadOnlyList<AnsweringTool> All { get; } =
    [
        new ValueTool<GroupList>
        {
            Name = "list_groups",
            Title = "List server groups",
            Description = "List ToolHive's groups of MCP servers and the AI clients that see each.",
            Hints = ToolHiveTools.Looks,
            RunAsync = async (call, token) => GroupList.From(await call.Service<IGroupService>().ListAsync(token).ConfigureAwait(false)),
        },
    ];
}
