using ToolHive.Client.Services;
using ToolHive.Client.Tools.Results;

namespace ToolHive.Client.Tools;

/// <summary>Tools that look at servers.</summary>
internal static class ServerTools
{
    private const int MaxServers = 200;
    private static readonly ToolParameter Name = new("name", ToolParameterKind.Text, "Name as list_servers shows it.") { Required = true };

    public static IReadOnlyList<AnsweringTool> All { get; } =
    [
        new ValueTool<ServerList>
        {
            Name = "list_servers",
            Title = "List MCP servers",
            Description =
                "List the MCP servers that ToolHive runs or proxies, with their status, group and address. At most 200; `truncated` says whether there are more.",
            Hints = ToolHiveTools.Looks,
            Parameters =
            [
                new("group", ToolParameterKind.Text, "Only servers of this group; leave out for all groups."),
                new("all", ToolParameterKind.Flag, "True (default) lists stopped servers too; false only running ones.") { Default = true },
            ],
            RunAsync = async (call, token) =>
                ServerList.From(await call.Service<IWorkloadService>().ListAsync(call.OptionalText("group"), call.Flag("all"), token).ConfigureAwait(false), MaxServers),
        },
        new ValueTool<ServerDetails>
        {
            Name = "get_server",
            Title = "Show an MCP server",
            Description = "Show one MCP server: status, address, image or remote address, names of its environment variables and secrets (never their values).",
            Hints = ToolHiveTools.Looks,
            Parameters = [Name],
            RunAsync = async (call, token) => ServerDetails.From(await call.Service<IWorkloadService>().GetAsync(call.Text("name"), token).ConfigureAwait(false)),
        },
        new ValueTool<ServerLogs>
        {
            Name = "get_server_logs",
            Title = "Read an MCP server's log",
            Description = "Read the last lines of an MCP server's log, oldest first.",
            Hints = ToolHiveTools.Looks,
            Parameters =
            [
                Name,
                new("lines", ToolParameterKind.Integer, "How many lines, 1 to 1000.") { Default = 100 },
                new("proxy", ToolParameterKind.Flag, "True for the log of the proxy in front of the server.") { Default = false },
            ],
            RunAsync = async (call, token) =>
            {
                string name = call.Text("name");
                IReadOnlyList<string> lines = await call.Service<IWorkloadService>()
                    .GetLogsAsync(name, call.Integer("lines"), call.Flag("proxy"), token).ConfigureAwait(false);
                return ServerLogs.From(name, lines);
            },
        },
    ];
}
