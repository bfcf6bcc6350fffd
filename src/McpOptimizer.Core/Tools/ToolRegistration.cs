using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Offerings;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary>Puts the optimizer's tools into the host's MCP server, and tells its clients when the list or the description of <c>find_tool</c> changed.</summary>
internal sealed class ToolRegistration(ToolFactory factory, IOfferingService offerings, ICallerAccessor callers, ICatalogChanges changes) : IConfigureOptions<McpServerOptions>
{
    public void Configure(McpServerOptions server)
    {
        RawResults.Install(server);
        WholeRequests.Install(server);
        McpServerPrimitiveCollection<McpServerTool> tools = server.ToolCollection ??= [];
        IReadOnlyList<OptimizerTool> always = factory.Create(callers);
        Add(tools, always);
        HashSet<string> forResources = Add(tools, factory.CreateForResources(callers));
        HashSet<string> forPrompts = Add(tools, factory.CreateForPrompts(callers));

        // Every tool costs the agent attention: these are listed for callers only who can see something to use them on.
        server.Filters.Request.ListToolsFilters.Add(next => async (request, cancellationToken) =>
        {
            ListToolsResult result = await next(request, cancellationToken).ConfigureAwait(false);
            bool resources = forResources.Count > 0 && offerings.HasResources(callers.Current);
            bool prompts = forPrompts.Count > 0 && offerings.HasPrompts(callers.Current);
            result.Tools = [.. result.Tools.Where(tool => (resources || !forResources.Contains(tool.Name)) && (prompts || !forPrompts.Contains(tool.Name)))];
            return result;
        });
        changes.OnChanged(() =>
        {
            // Out and in again raises one notification: clients list anew and read the new description.
            using (tools.DeferChangedEvents())
            {
                tools.Remove(always[0]);
                tools.TryAdd(always[0]);
            }
        });
    }

    // A tool of the host's own with the same name stays, and is not ours to hide.
    private static HashSet<string> Add(McpServerPrimitiveCollection<McpServerTool> tools, IReadOnlyList<OptimizerTool> added) =>
        [.. added.Where(tools.TryAdd).Select(tool => tool.ProtocolTool.Name)];
}
