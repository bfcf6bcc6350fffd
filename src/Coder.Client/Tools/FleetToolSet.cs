using Coder.Client.Services;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Server;

namespace Coder.Client.Tools;

/// <summary>Builds the tools once and finds them by name.</summary>
internal sealed class FleetToolSet
{
    private readonly Dictionary<string, McpServerTool> _tools;

    public FleetToolSet(
        IAgentService agents, IAgentLifecycleService lifecycle, IProjectService projects, ITaskService tasks, TimeProvider clock, ILogger<FleetToolSet> logger)
    {
        McpServerToolCreateOptions options = new() { SerializerOptions = FleetJson.Options };
        Delegate[] methods =
        [
            new ListAgentsTool(agents).ListAgentsAsync,
            new ShowAgentTool(agents).ShowAgentAsync,
            new ListAgentProjectsTool(projects).ListAgentProjectsAsync,
            new ListAgentRolesTool(projects).ListAgentRolesAsync,
            new CreateAgentTool(agents, lifecycle).CreateAgentAsync,
            new DeleteAgentTool(lifecycle).DeleteAgentAsync,
            new RestartAgentTool(lifecycle).RestartAgentAsync,
            new StartAgentTaskTool(tasks, clock).StartAgentTaskAsync,
            new CancelAgentTaskTool(tasks).CancelAgentTaskAsync,
            new ShowAgentTaskHistoryTool(tasks).ShowAgentTaskHistoryAsync,
            new ShowAgentLogTool(tasks).ShowAgentLogAsync,
            new WaitForAgentTool(lifecycle).WaitForAgentAsync,
            new StopAgentTool(lifecycle).StopAgentAsync,
            new StartAgentTool(lifecycle).StartAgentAsync,
            new UpdateAgentTool(lifecycle).UpdateAgentAsync,
        ];
        _tools = methods
            .Select(method => (McpServerTool)new FleetTool(McpServerTool.Create(method, options), logger))
            .ToDictionary(tool => tool.ProtocolTool.Name, StringComparer.Ordinal);
    }

    public McpServerTool this[string name] => _tools[name];
}
