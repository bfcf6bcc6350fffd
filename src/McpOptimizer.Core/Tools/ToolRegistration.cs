using McpOptimizer.Core.Services.Calls;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Install;
using McpOptimizer.Core.Services.Offerings;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary>Puts the optimizer's tools into the host's MCP server, and tells its clients when the description of <c>find_tool</c> changed.</summary>
internal sealed class ToolRegistration(
    IDiscoveryService discovery, IToolCallService calls, IVisibilityService visibility, IServerInstallService installation, ICallerAccessor callers, ICatalogChanges changes, IOfferingService offerings, IOptions<McpOptimizerOptions> options)
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
        if (options.Value.EnableDynamicInstall)
        {
            tools.TryAdd(new SearchRegistryTool(discovery, callers));
            tools.TryAdd(new InstallServerTool(installation, visibility, callers));
        }

        OfferResourcesAndPrompts(server, tools);
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

    // Every tool costs the agent attention: these are listed for callers only who can see something to use them on.
    private void OfferResourcesAndPrompts(McpServerOptions server, McpServerPrimitiveCollection<McpServerTool> tools)
    {
        HashSet<string> forResources = new(StringComparer.Ordinal);
        HashSet<string> forPrompts = new(StringComparer.Ordinal);
        if (options.Value.Offerings.Resources)
        {
            Add(new FindResourceTool(offerings, callers, options), forResources);
            Add(new ReadResourceTool(offerings, callers), forResources);
        }

        if (options.Value.Offerings.Prompts)
        {
            Add(new FindPromptTool(offerings, callers, options), forPrompts);
            Add(new GetPromptTool(offerings, callers), forPrompts);
        }

        server.Filters.Request.ListToolsFilters.Add(next => async (request, cancellationToken) =>
        {
            ListToolsResult result = await next(request, cancellationToken).ConfigureAwait(false);
            bool resources = forResources.Count > 0 && offerings.HasResources(callers.Current);
            bool prompts = forPrompts.Count > 0 && offerings.HasPrompts(callers.Current);
            result.Tools = [.. result.Tools.Where(tool => (resources || !forResources.Contains(tool.Name)) && (prompts || !forPrompts.Contains(tool.Name)))];
            return result;
        });

        void Add(OptimizerTool tool, HashSet<string> names)
        {
            if (tools.TryAdd(tool))
            {
                names.Add(tool.ProtocolTool.Name);
            }
        }
    }
}
