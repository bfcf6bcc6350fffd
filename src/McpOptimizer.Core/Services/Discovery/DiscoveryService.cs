using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Callers;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Disclosure;
using McpOptimizer.Core.Services.Learning;
using McpOptimizer.Core.Services.Search;
using McpOptimizer.Core.Services.Search.Index;
using McpOptimizer.Core.Services.Search.Ranking;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Discovery;

/// <summary>Asks the right index with the caller's scope.</summary>
internal sealed class DiscoveryService(
    ToolIndexes indexes, SearchServices search, IVisibilityService visibility, BudgetFitter fitter, FindUsage usage, ShownTools shownTools, IngestionStatus status,
    StartupWait startup, LearningService learning, IOptions<McpOptimizerOptions> options) : IDiscoveryService
{
    /// <summary>Fewest tokens that an answer may be told to cost.</summary>
    public const int SmallestBudget = 100;

    /// <summary>Most tokens that an answer may be told to cost.</summary>
    public const int LargestBudget = 1_000_000;

    private const int MostInstallable = 3;
    private const int DescribedDefinitions = 8;
    private const int MostServersNamed = 30;
    private const int LongestServerText = 90;

    private const string Purposes =
        "Finds tools for a task among all connected MCP servers and returns their full definitions. Call it before you decide that something cannot be done, "
        + "then run a hit with call_tool. tool_description says what you need in your own words, in English whatever the user's language; tool_keywords may add words "
        + "the tool's name probably has.";

    // The SDK asks for a tool's description at each call of it: written once for each snapshot and scope, and gone with the snapshot.
    private readonly ConditionalWeakTable<VisibleSet, string> _descriptions = [];

    public async Task<FindResult> FindAsync(FindRequest request, CallerIdentity caller, CancellationToken cancellationToken = default)
    {
        if (request.TokenBudget is < SmallestBudget or > LargestBudget)
        {
            throw new ArgumentOutOfRangeException(nameof(request), request.TokenBudget, $"The token budget {request.TokenBudget} is not legal: {SmallestBudget} to {LargestBudget}.");
        }

        using Activity? activity = OptimizerActivities.Source.StartActivity(McpOptimizerTelemetry.FindSpan);
        VisibilityScope scope = visibility.ScopeOf(caller);
        await startup.WaitAsync(scope, cancellationToken).ConfigureAwait(false);
        using IDisposable? place = await scope.EnterSearchAsync(cancellationToken).ConfigureAwait(false);
        HistoryLeg? history = request.Learn ? await learning.LegAsync(scope, caller, cancellationToken).ConfigureAwait(false) : null;
        (FindResult result, ToolSearchResult found) = await SearchAsync(request, scope, history, cancellationToken).ConfigureAwait(false);
        string outcome = usage.Found(caller, result);
        activity?.SetTag("mcp_optimizer.hits", result.Tools.Count);
        activity?.SetTag("mcp_optimizer.outcome", outcome);
        if (request.Learn)
        {
            learning.Found(scope, caller, request.Query.Description, found.Vector, [.. found.Hits.Take(result.Tools.Count).Select(hit => hit.Tool)]);
        }

        return result;
    }

    /// <summary>A find that nobody asked for: it waits for nothing, and is not limited, traced, counted or learned from.</summary>
    public async Task<FindResult> RehearseAsync(FindRequest request, CancellationToken cancellationToken = default)
    {
        (FindResult result, _) = await SearchAsync(request, VisibilityScope.Everything, history: null, cancellationToken).ConfigureAwait(false);
        _ = Describe(indexes.Workloads.Current, VisibilityScope.Everything);
        return result;
    }

    public (IReadOnlyList<IndexedTool> Tools, IReadOnlyList<string> NotFound) Describe(CallerIdentity caller, IReadOnlyList<string> names)
    {
        VisibilityScope scope = visibility.ScopeOf(caller);
        ToolIndex index = indexes.Workloads.Current;
        List<IndexedTool> tools = [];
        List<string> notFound = [];
        int most = DescribedDefinitions * options.Value.Disclosure.MaxDefinitionTokens / Math.Max(1, names.Count);
        foreach (string name in names)
        {
            IReadOnlyList<IndexedTool> candidates = index.FindByName(name, scope);
            if (candidates.Count == 1)
            {
                tools.Add(shownTools.Of(candidates[0], most));
            }
            else
            {
                notFound.Add(name);
            }
        }

        return (tools, notFound);
    }

    public string? ReadDefinition(CallerIdentity caller, string name) =>
        indexes.Workloads.Current.FindByName(name, visibility.ScopeOf(caller)) is [{ } tool] ? Encoding.UTF8.GetString(JsonText.Plain(tool.DefinitionJson).Span) : null;

    public async Task<ToolSearchResult> SearchRegistryAsync(ToolQuery query, CallerIdentity caller, CancellationToken cancellationToken = default)
    {
        using IDisposable? place = await visibility.ScopeOf(caller).EnterSearchAsync(cancellationToken).ConfigureAwait(false);
        return await search.Registry.SearchAsync(query, cancellationToken).ConfigureAwait(false);
    }

    public IReadOnlyList<IndexedTool> List(CallerIdentity caller, string? serverName = null, int offset = 0, int? limit = null)
    {
        VisibilityScope scope = visibility.ScopeOf(caller);
        ToolIndex index = indexes.Workloads.Current;
        IEnumerable<IndexedTool> tools = serverName is null ? index.ListTools(scope) : index.ListToolsOf(serverName, scope);
        IReadOnlyList<IndexedTool> listed = [.. tools.Skip(offset).Take(limit ?? int.MaxValue).Select(tool => shownTools.Of(tool))];
        if (serverName is not null && listed.Count == 0)
        {
            IReadOnlyList<ServerOverview> servers = index.ListServers(scope);
            if (!servers.Any(server => server.Name == serverName))
            {
                throw new ArgumentException($"No running server is named '{serverName}'.{NearestName.Hint(serverName, servers.Select(server => server.Name))}", nameof(serverName));
            }
        }

        return listed;
    }

    public string DescribeCatalog(CallerIdentity caller)
    {
        VisibilityScope scope = visibility.ScopeOf(caller);
        ToolIndex index = indexes.Workloads.Current;

        // Not remembered while there is nothing: whether something is to come changes without a change of the index.
        return index.VisibleTo(scope).ToolCount == 0
            ? $"{Purposes}{(status.IsPending ? " The servers are being connected to: call it all the same, the answer waits for them." : " No server is connected at the moment.")}"
            : Describe(index, scope);
    }

    private async Task<(FindResult Result, ToolSearchResult Found)> SearchAsync(FindRequest request, VisibilityScope scope, HistoryLeg? history, CancellationToken cancellationToken)
    {
        ToolQuery query = request.Query with { Scope = scope };
        ToolSearchResult found = await search.Workloads.SearchAsync(query, history, options.Value.Disclosure.CollapseDuplicates, cancellationToken).ConfigureAwait(false);
        (IReadOnlyList<FoundTool> shown, int tokens) = fitter.Fit(found, request.Detail, request.TokenBudget);
        bool nothingFits = found.Hits.Count == 0 || found.Confidence < options.Value.Disclosure.NothingFitsBelow;
        IReadOnlyList<ToolHit> installable = nothingFits && options.Value.EnableDynamicInstall
            ? (await search.Registry.SearchAsync(request.Query with { Limit = MostInstallable, Scope = null }, cancellationToken).ConfigureAwait(false)).Hits
            : [];
        bool cut = request.TokenBudget is not null || request.Detail is not null;
        FindResult result = new()
        {
            Tools = shown,
            Metrics = found.Metrics with { ReturnedTokens = cut ? tokens : shown.Sum(tool => (long)tool.Hit.Tool.TokenCount) },
            Confidence = found.Confidence,
            NothingFits = nothingFits,
            ByWordsAlone = found.ByWordsAlone,
            WithheldBetter = await FindWithheldAsync(query, found.Confidence, cancellationToken).ConfigureAwait(false),
            LeftOut = found.Hits.Count - shown.Count,
            Shortened = request.Detail is null ? shown.Count(tool => tool.Detail == ToolDetail.Compact) : 0,
            Installable = installable,
            IsPending = status.IsPending,
            Starting = status.StartingFor(scope),
        };
        return (result, found);
    }

    // Confidence, unlike a score, means the same in both indexes.
    private async Task<string?> FindWithheldAsync(ToolQuery query, double confidence, CancellationToken cancellationToken)
    {
        if (indexes.Withheld.Current.VisibleTo(query.Scope).ToolCount == 0)
        {
            return null;
        }

        ToolSearchResult withheld = await search.Withheld.SearchAsync(query with { Limit = 1, Explain = false }, cancellationToken).ConfigureAwait(false);
        return withheld.Hits is [{ } best] && withheld.Confidence > confidence && withheld.Confidence >= options.Value.Disclosure.NothingFitsBelow ? best.Tool.ServerName : null;
    }

    private string Describe(ToolIndex index, VisibilityScope scope) => _descriptions.GetValue(index.VisibleTo(scope), _ => WriteDescription(index, scope));

    private static string WriteDescription(ToolIndex index, VisibilityScope scope)
    {
        IReadOnlyList<ServerOverview> servers = index.ListServers(scope);
        StringBuilder text = new(Purposes);
        text.Append($" Behind it now: {servers.Sum(server => server.ToolCount)} tools of {servers.Count} server{(servers.Count > 1 ? "s" : "")}.");
        foreach (ServerOverview server in servers.OrderByDescending(server => server.ToolCount).ThenBy(server => server.Name, StringComparer.Ordinal).Take(MostServersNamed))
        {
            text.Append($"\n- {server.Name}: {Purpose(server, index.ListTools(server.Id, scope).Select(tool => tool.Name))}");
        }

        return servers.Count > MostServersNamed ? text.Append($"\n- and {servers.Count - MostServersNamed} more").ToString() : text.ToString();
    }

    // What somebody wrote about the server; failing that, the names of those of its tools that the caller may see.
    private static string Purpose(ServerOverview server, IEnumerable<string> tools)
    {
        string purpose = server.Description?.ReplaceLineEndings(" ").Trim() is { Length: > 0 } description ? WithoutLabels(description) : string.Join(", ", tools);
        return purpose.Length <= LongestServerText ? purpose : JsonText.Whole(purpose[..LongestServerText]).TrimEnd() + "…";
    }

    // A registry entry is stored with the text that is embedded: "Server: NAME | Description: TEXT | Tags: …".
    private static string WithoutLabels(string description)
    {
        const string label = "Description: ";
        int at = description.IndexOf(label, StringComparison.Ordinal);
        return at < 0 ? description : description[(at + label.Length)..].Split(" | ")[0];
    }
}
