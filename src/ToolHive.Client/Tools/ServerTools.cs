using System.ComponentModel;
using ModelContextProtocol.Server;
using ToolHive.Client.Services;
using ToolHive.Client.Tools.Results;

namespace ToolHive.Client.Tools;

/// <summary>Tools that look at servers.</summary>
internal sealed class ServerTools(IWorkloadService workloads)
{
    private const int MaxServers = 200;

    [McpServerTool(Name = "list_servers", Title = "List MCP servers", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("List the MCP servers that ToolHive runs or proxies, with their status, group and address. At most 200; `truncated` says whether there are more.")]
    public Task<ServerList> ListServersAsync(
        [Description("Only servers of this group; leave out for all groups.")] string? group = null,
        [Description("True (default) lists stopped servers too; false only running ones.")] bool all = true,
        CancellationToken cancellationToken = default) =>
        ToolErrors.TranslateAsync(async () => ServerList.From(await workloads.ListAsync(group, all, cancellationToken).ConfigureAwait(false), MaxServers), cancellationToken);

    [McpServerTool(Name = "get_server", Title = "Show an MCP server", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Show one MCP server: status, address, image or remote address, names of its environment variables and secrets (never their values).")]
    public Task<ServerDetails> GetServerAsync(
        [Description("Name as list_servers shows it.")] string name,
        CancellationToken cancellationToken = default) =>
        ToolErrors.TranslateAsync(async () => ServerDetails.From(await workloads.GetAsync(name, cancellationToken).ConfigureAwait(false)), cancellationToken);

    [McpServerTool(Name = "get_server_logs", Title = "Read an MCP server's log", ReadOnly = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Read the last lines of an MCP server's log, oldest first.")]
    public Task<ServerLogs> GetServerLogsAsync(
        [Description("Name as list_servers shows it.")] string name,
        [Description("How many lines, 1 to 1000.")] int lines = 100,
        [Description("True for the log of the proxy in front of the server.")] bool proxy = false,
        CancellationToken cancellationToken = default) =>
        ToolErrors.TranslateAsync(async () => ServerLogs.From(name, await workloads.GetLogsAsync(name, lines, proxy, cancellationToken).ConfigureAwait(false)), cancellationToken);
}
