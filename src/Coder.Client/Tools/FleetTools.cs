using Microsoft.Extensions.DependencyInjection;
using ModelContextProtocol.Server;

namespace Coder.Client.Tools;

/// <summary>The fleet tools, for any MCP server.</summary>
public static class FleetTools
{
    /// <summary>Names of the tools: the eleven of the fleet contract, then those that wait, stop, start and update.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "list_agents", "show_agent", "list_agent_projects", "list_agent_roles", "create_agent", "delete_agent", "restart_agent", "start_agent_task",
        "cancel_agent_task", "show_agent_task_history", "show_agent_log", "wait_for_agent", "stop_agent", "start_agent", "update_agent",
    ];

    /// <summary>Makes the tools over the services that <c>AddFleet</c> registered.</summary>
    public static IReadOnlyList<McpServerTool> Create(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        FleetToolSet set = ActivatorUtilities.CreateInstance<FleetToolSet>(services);
        return [.. Names.Select(name => set[name])];
    }
}
