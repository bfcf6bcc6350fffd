using System.Text;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Disclosure;
using McpOptimizer.Core.Services.Search;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Discovery;

/// <summary>Asks the right index with the caller's scope.</summary>
internal sealed class DiscoveryService(
    ToolIndexes indexes, SearchServices search, IVisibilityService visibility, BudgetFitter fitter, IOptions<McpOptimizerOptions> options) : IDiscoveryService
{
    private const int SmallestBudget = 100;
    private const int LargestBudget = 1_000_000;
    private const int MostInstallable = 3;
    private const int MostServersNamed = 30;
    private const int LongestServerText = 90;

    public async Task<FindResult> FindAsync(FindRequest request, CallerIdentity caller, CancellationToken cancellationToken = default)
    {
        if (request.TokenBudget is < SmallestBudget or > LargestBudget)
        {
            throw new ArgumentOutOfRangeException(nameof(request), request.TokenBudget, $"The token budget {request.TokenBudget} is not legal: {SmallestBudget} to {LargestBudget}.");
        }

        ToolSearchResult found = await search.Workloads.SearchAsync(request.Query with { Scope = visibility.ScopeOf(caller) }, cancellationToken).ConfigureAwait(false);
        (IReadOnlyList<FoundTool> shown, int tokens) = fitter.Fit(found.Hits, request.Detail, request.TokenBudget);
        bool nothingFits = found.Hits.Count == 0 || found.Confidence < options.Value.Disclosure.NothingFitsBelow;
        IReadOnlyList<ToolHit> installable = nothingFits && options.Value.EnableDynamicInstall
            ? (await SearchRegistryAsync(request.Query with { Limit = MostInstallable, Scope = null }, caller, cancellationToken).ConfigureAwait(false)).Hits
            : [];
        bool cut = request.TokenBudget is not null || request.Detail is not null;
        return new FindResult
        {
            Tools = shown,
            Metrics = cut ? found.Metrics with { ReturnedTokens = tokens } : found.Metrics,
            Confidence = found.Confidence,
            NothingFits = nothingFits,
            LeftOut = found.Hits.Count - shown.Count,
            Shortened = request.Detail is null ? shown.Count(tool => tool.Detail == ToolDetail.Compact) : 0,
            Installable = installable,
        };
    }

    public (IReadOnlyList<IndexedTool> Tools, IReadOnlyList<string> NotFound) Describe(CallerIdentity caller, IReadOnlyList<string> names)
    {
        VisibilityScope scope = visibility.ScopeOf(caller);
        ToolIndex index = indexes.Workloads.Current;
        List<IndexedTool> tools = [];
        List<string> notFound = [];
        foreach (string name in names)
        {
            IReadOnlyList<IndexedTool> candidates = index.FindByName(name, scope);
            if (candidates.Count == 1)
            {
                tools.Add(candidates[0]);
            }
            else
            {
                notFound.Add(name);
            }
        }

        return (tools, notFound);
    }

    public Task<ToolSearchResult> SearchRegistryAsync(ToolQuery query, CallerIdentity caller, CancellationToken cancellationToken = default) =>
        search.Registry.SearchAsync(query, cancellationToken);

    public IReadOnlyList<IndexedTool> List(CallerIdentity caller, string? serverName = null, int offset = 0, int? limit = null)
    {
        VisibilityScope scope = visibility.ScopeOf(caller);
        ToolIndex index = indexes.Workloads.Current;
        IEnumerable<IndexedTool> tools = index.ListTools(scope);
        if (serverName is not null)
        {
            IReadOnlyList<ServerOverview> servers = index.ListServers(scope);
            if (!servers.Any(server => server.Name == serverName))
            {
                throw new ArgumentException($"No running server is named '{serverName}'.{NearestName.Hint(serverName, servers.Select(server => server.Name))}", nameof(serverName));
            }

            tools = tools.Where(tool => tool.ServerName == serverName);
        }

        return [.. tools.Skip(offset).Take(limit ?? int.MaxValue)];
    }

    public string DescribeCatalog(CallerIdentity caller)
    {
        IReadOnlyList<ServerOverview> servers = indexes.Workloads.Current.ListServers(visibility.ScopeOf(caller));
        StringBuilder text = new();
        text.Append("Finds tools for a task among all connected MCP servers and returns their full definitions. Call it before you decide that something cannot be done, ");
        text.Append("then run a hit with call_tool. tool_description says what you need in your own words; tool_keywords may add words the tool's name probably has.");
        if (servers.Count == 0)
        {
            return text.Append(" No server is connected at the moment.").ToString();
        }

        text.Append($" Behind it now: {servers.Sum(server => server.ToolCount)} tools of {servers.Count} server{(servers.Count > 1 ? "s" : "")}.");
        foreach (ServerOverview server in servers.OrderByDescending(server => server.ToolCount).ThenBy(server => server.Name, StringComparer.Ordinal).Take(MostServersNamed))
        {
            text.Append($"\n- {server.Name}{Purpose(server)}");
        }

        return servers.Count > MostServersNamed ? text.Append($"\n- and {servers.Count - MostServersNamed} more").ToString() : text.ToString();
    }

    private static string Purpose(ServerOverview server)
    {
        string? description = server.Description?.ReplaceLineEndings(" ").Trim();
        if (string.IsNullOrEmpty(description))
        {
            return $" ({server.ToolCount} tools)";
        }

        // Our own listing starts with the name; a registry text with "Server: NAME | Description: ".
        int at = description.IndexOf("Description: ", StringComparison.Ordinal);
        description = at >= 0 ? description[(at + "Description: ".Length)..].Split(" | ")[0] : description.StartsWith(server.Name + ": ", StringComparison.Ordinal) ? description[(server.Name.Length + 2)..] : description;
        return ": " + (description.Length <= LongestServerText ? description : description[..LongestServerText].TrimEnd() + "…");
    }
}
