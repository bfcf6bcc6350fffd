using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Explanations;
using McpOptimizer.Core.Services.Install;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary>Puts the optimizer's tools into the host's MCP server, and tells its clients when the description of <c>find_tool</c> changed.</summary>
internal sealed class ToolRegistration(
    IDiscoveryService discovery, IToolCallService calls, IVisibilityService visibility, IServerInstallService installation, IExplanationService explanations, ICallerAccessor callers, ICatalogChanges changes, IOptions<McpOptimizerOptions> options)
    : IConfigureOptions<McpServerOptions>
{
    public void Configure(McpServerOptions server)
    {
        McpServerPrimitiveCollection<McpServerTool> tools = server.ToolCollection ??= [];
        FindToolTool find = new(discovery, callers);
        tools.TryAdd(find);
        tools.TryAdd(new CallToolTool(calls, visibility, callers));
        tools.TryAdd(new CallToolsTool(calls, visibility, callers));
        tools.TryAdd(new ReadResultTool(calls, callers));
        tools.TryAdd(new DescribeToolTool(discovery, callers));
        tools.TryAdd(new ListToolsTool(discovery, callers));
        if (options.Value.Disclosure.OfferExplanations)
        {
            tools.TryAdd(new ExplainToolTool(explanations, callers));
        }

        if (options.Value.EnableDynamicInstall)
        {
            tools.TryAdd(new SearchRegistryTool(discovery, callers));
            tools.TryAdd(new InstallServerTool(installation, visibility, callers));
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
}
