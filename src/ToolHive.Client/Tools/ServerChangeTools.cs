using System.ComponentModel;
using ModelContextProtocol.Server;
using ToolHive.Client.Models;
using ToolHive.Client.Services;
using ToolHive.Client.Tools.Results;

namespace ToolHive.Client.Tools;

/// <summary>Tools that change servers. Hosts offer them only when they are told to.</summary>
internal sealed class ServerChangeTools(IWorkloadService workloads, IInstallService installs)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [McpServerTool(Name = "run_server", Title = "Run an MCP server", Destructive = false, Idempotent = false, OpenWorld = true, UseStructuredContent = true)]
    [Description("Run an MCP server from the registry and wait up to 20 s for it. Starts nothing when settings are missing: then `missing_settings` says which and what for. Give secret values as names of secrets in ToolHive's store.")]
    public Task<RunResult> RunServerAsync(
        [Description("Full name of the registry entry as search_registry shows it.")] string server,
        [Description("Name for the running server; leave out for one made from the entry's name.")] string? name = null,
        [Description("Existing group to put it in; leave out for `default`.")] string? group = null,
        [Description("Plain values by setting name. Not for secrets.")] Dictionary<string, string>? settings = null,
        [Description("Names of secrets in ToolHive's store by setting name.")] Dictionary<string, string>? secrets = null,
        CancellationToken cancellationToken = default) =>
        ToolErrors.TranslateAsync(
            async () => RunResult.From(server, await installs.RunAsync(
                new RunServerRequest { ServerName = server, Name = name, Group = group, Settings = settings ?? [], Secrets = secrets ?? [], WaitFor = Patience }, cancellationToken).ConfigureAwait(false)),
            cancellationToken);

    [McpServerTool(Name = "stop_server", Title = "Stop an MCP server", Destructive = true, Idempotent = true, OpenWorld = false, UseStructuredContent = true)]
    [Description("Stop a running MCP server. It stays and can be started again with restart_server.")]
    public Task<ServerState> StopServerAsync([Description("Name as list_servers shows it.")] string name, CancellationToken cancellationToken = default) =>
        ToolErrors.TranslateAsync(async () => new ServerState { Name = name, Status = (await workloads.StopAsync(name, cancellationToken).ConfigureAwait(false)).ToString() }, cancellationToken);

    [McpServerTool(Name = "restart_server", Title = "Start an MCP server anew", Destructive = true, Idempotent = false, OpenWorld = false, UseStructuredContent = true)]
    [Description("Start an MCP server anew, or start one that is stopped. Its sessions are lost.")]
    public Task<ServerState> RestartServerAsync([Description("Name as list_servers shows it.")] string name, CancellationToken cancellationToken = default) =>
        ToolErrors.TranslateAsync(async () => new ServerState { Name = name, Status = (await workloads.RestartAsync(name, cancellationToken).ConfigureAwait(false)).ToString() }, cancellationToken);

    [McpServerTool(Name = "remove_server", Title = "Remove an MCP server", Destructive = true, Idempotent = false, OpenWorld = false, UseStructuredContent = true)]
    [Description("Stop and remove an MCP server with its settings. This cannot be undone.")]
    public Task<ServerState> RemoveServerAsync([Description("Name as list_servers shows it.")] string name, CancellationToken cancellationToken = default) =>
        ToolErrors.TranslateAsync(async () => new ServerState { Name = name, Status = await workloads.RemoveAsync(name, cancellationToken).ConfigureAwait(false) ? "removed" : "removing" }, cancellationToken);
}
