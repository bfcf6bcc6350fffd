using McpOptimizer.Core.Services.Discovery;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary>Puts the optimizer's tools into the host's MCP server, and tells its clients when the description of <c>find_tool</c> changed.</summary>
internal sealed class ToolRegistration(IServiceProvider services, IOptions<McpOptimizerOptions> options, ICatalogChanges changes) : IConfigureOptions<McpServerOptions>
{
    public void Configure(McpServerOptions server)
    {
        McpServerPrimitiveCollection<McpServerTool> tools = server.ToolCollection ??= [];
        FindToolTool find = Create<FindToolTool>();
        tools.TryAdd(find);
        tools.TryAdd(Create<CallToolTool>());
        tools.TryAdd(Create<ListToolsTool>());
        if (options.Value.EnableDynamicInstall)
        {
            tools.TryAdd(Create<SearchRegistryTool>());
            tools.TryAdd(Create<InstallServerTool>());
        }

        changes.OnChanged(() =>
        {
            // Out and in again raises one notification: clients list anew and read the new description.
            using (tools.DeferChangedEvents())
            {
                tools.Remove(find);
                tools.TryAdd(find);
            }
        });
    }

    private T Create<T>()
        where T : McpServerTool => ActivatorUtilities.CreateInstance<T>(services);
}
