using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Offerings;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary>
/// Puts the optimizer's tools into the host's MCP server, and tells its clients when the list or the description of <c>find_tool</c> changed.
/// A host may build its options anew for each session or request: the tools are made once, and a collection that nobody has any more is forgotten.
/// </summary>
internal sealed class ToolRegistration : IConfigureOptions<McpServerOptions>
{
    private readonly IOfferingService _offerings;
    private readonly ICallerAccessor _callers;
    private readonly TimeProvider _clock;
    private readonly CancellationToken _stopping;
    private readonly IReadOnlyList<OptimizerMcpTool> _forEverybody;
    private readonly IReadOnlyList<OptimizerMcpTool> _forResources;
    private readonly IReadOnlyList<OptimizerMcpTool> _forPrompts;
    private readonly Lock _gate = new();
    private readonly ListChangeMark _mark = new();
    private readonly List<WeakReference<McpServerPrimitiveCollection<McpServerTool>>> _collections = [];
    private int _pruneAt = 16;

    public ToolRegistration(
        OptimizerTools tools, IOfferingService offerings, ICallerAccessor callers, CatalogChanges changes, TimeProvider clock, IHostApplicationLifetime? lifetime = null)
    {
        _offerings = offerings;
        _callers = callers;
        _clock = clock;
        _stopping = lifetime?.ApplicationStopping ?? CancellationToken.None;
        (_forEverybody, _forResources, _forPrompts) = (Offer(tools.ForEverybody), Offer(tools.ForResources), Offer(tools.ForPrompts));

        // Whoever publishes an index does not wait for all the clients.
        changes.OnChanged(() => ThreadPool.QueueUserWorkItem(_ => Tell()));
    }

    public void Configure(McpServerOptions server)
    {
        RawResults.Install(server);
        WholeRequests.Install(server);
        McpServerPrimitiveCollection<McpServerTool> tools = server.ToolCollection ??= [];
        Add(tools, _forEverybody);
        HashSet<string> forResources = Add(tools, _forResources);
        HashSet<string> forPrompts = Add(tools, _forPrompts);

        // Every tool costs the agent attention: these are listed for callers only who can see something to use them on.
        server.Filters.Request.ListToolsFilters.Add(next => async (request, cancellationToken) =>
        {
            ListToolsResult result = await next(request, cancellationToken).ConfigureAwait(false);
            bool resources = forResources.Count > 0 && _offerings.HasResources(_callers.Current);
            bool prompts = forPrompts.Count > 0 && _offerings.HasPrompts(_callers.Current);
            result.Tools = [.. result.Tools.Where(tool => tool.Name != ListChangeMark.Name && (resources || !forResources.Contains(tool.Name)) && (prompts || !forPrompts.Contains(tool.Name)))];
            return result;
        });
        server.Handlers.SubscriptionsListenHandler ??= ListenAsync;
        Remember(tools);
    }

    private IReadOnlyList<OptimizerMcpTool> Offer(IReadOnlyList<OptimizerTool> tools) => [.. tools.Select(tool => new OptimizerMcpTool(tool, _callers))];

    // A tool of the host's own with the same name stays, and is not ours to hide.
    private static HashSet<string> Add(McpServerPrimitiveCollection<McpServerTool> tools, IReadOnlyList<OptimizerMcpTool> added) =>
        [.. added.Where(tools.TryAdd).Select(tool => tool.ProtocolTool.Name)];

    // A subscription lasts until someone ends it, and must not hold a host up that wants to stop.
    private async ValueTask<EmptyResult> ListenAsync(RequestContext<SubscriptionsListenRequestParams> request, CancellationToken cancellationToken)
    {
        using CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _stopping);
        return await ListChanges.ListenAsync(request, _clock, ending.Token).ConfigureAwait(false);
    }

    private void Remember(McpServerPrimitiveCollection<McpServerTool> tools)
    {
        lock (_gate)
        {
            if (_collections.Count >= _pruneAt)
            {
                _collections.RemoveAll(collection => !collection.TryGetTarget(out _));
                _pruneAt = Math.Max(16, 2 * _collections.Count);
            }

            _collections.Add(new(tools));
        }
    }

    private void Tell()
    {
        WeakReference<McpServerPrimitiveCollection<McpServerTool>>[] collections;
        lock (_gate)
        {
            collections = [.. _collections];
        }

        foreach (WeakReference<McpServerPrimitiveCollection<McpServerTool>> collection in collections)
        {
            if (!collection.TryGetTarget(out McpServerPrimitiveCollection<McpServerTool>? tools))
            {
                continue;
            }

            // In and out again raises one notification: clients list anew and read the new description.
            using (tools.DeferChangedEvents())
            {
                if (tools.TryAdd(_mark))
                {
                    tools.Remove(_mark);
                }
            }
        }
    }
}
