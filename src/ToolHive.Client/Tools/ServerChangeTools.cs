using ToolHive.Client.Models.Workloads;
using ToolHive.Client.Services;
using ToolHive.Client.Tools.Results;

namespace ToolHive.Client.Tools;

/// <summary>Tools that change servers. Hosts offer them only when they are told to.</summary>
internal static class ServerChangeTools
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly ToolParameter Name = new("name", ToolParameterKind.Text, "Name as list_servers shows it.") { Required = true };

    public static IReadOnlyList<AnsweringTool> All { get; } =
    [
        new ValueTool<RunResult>
        {
            Name = "run_server",
            Title = "Run an MCP server",
            Description = "Run an MCP server from the registry and wait up to 20 s for it. Starts nothing when settings are missing: then `missing_settings` "
                + "says which and what for. Give secret values as names of secrets in ToolHive's store.",
            Hints = new(Destructive: false, Idempotent: false, OpenWorld: true),
            Parameters =
            [
                new("server", ToolParameterKind.Text, "Full name of the registry entry as search_registry shows it.") { Required = true },
                new("name", ToolParameterKind.Text, "Name for the running server; leave out for one made from the entry's name."),
                new("group", ToolParameterKind.Text, "Existing group to put it in; leave out for `default`."),
                new("settings", ToolParameterKind.Texts, "Plain values by setting name. Not for secrets."),
                new("secrets", ToolParameterKind.Texts, "Names of secrets in ToolHive's store by setting name."),
            ],
            RunAsync = async (call, token) =>
            {
                RunServerRequest wanted = new()
                {
                    ServerName = call.Text("server"),
                    Name = call.OptionalText("name"),
                    Group = call.OptionalText("group"),
                    Settings = call.Texts("settings"),
                    Secrets = call.Texts("secrets"),
                    WaitFor = Patience,
                };
                return RunResult.From(wanted.ServerName, await call.Service<IInstallService>().RunAsync(wanted, token).ConfigureAwait(false));
            },
        },
        new ValueTool<ServerState>
        {
            Name = "stop_server",
            Title = "Stop an MCP server",
            Description = "Stop a running MCP server. It stays and can be started again with restart_server.",
            Hints = new(Destructive: true, Idempotent: true, OpenWorld: false),
            Parameters = [Name],
            RunAsync = async (call, token) =>
            {
                string name = call.Text("name");
                return ServerState.From(name, await call.Service<IWorkloadService>().StopAsync(name, token).ConfigureAwait(false));
            },
        },
        new ValueTool<ServerState>
        {
            Name = "restart_server",
            Title = "Start an MCP server anew",
            Description = "Start an MCP server anew, or start one that is stopped. Its sessions are lost.",
            Hints = new(Destructive: true, Idempotent: false, OpenWorld: false),
            Parameters = [Name],
            RunAsync = async (call, token) =>
            {
                string name = call.Text("name");
                return ServerState.From(name, await call.Service<IWorkloadService>().RestartAsync(name, token).ConfigureAwait(false));
            },
        },
        new ValueTool<ServerState>
        {
            Name = "remove_server",
            Title = "Remove an MCP server",
            Description = "Stop and remove an MCP server with its settings. This cannot be undone.",
            Hints = new(Destructive: true, Idempotent: false, OpenWorld: false),
            Parameters = [Name],
            RunAsync = async (call, token) =>
            {
                string name = call.Text("name");
                return ServerState.Removed(name, await call.Service<IWorkloadService>().RemoveAsync(name, token).ConfigureAwait(false));
            },
        },
    ];
}
