using System.Text;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Search;

namespace McpOptimizer.Core.Services.Discovery;

/// <summary>Asks the right index with the caller's scope.</summary>
internal sealed class DiscoveryService(ToolIndexes indexes, SearchServices search, IVisibilityService visibility) : IDiscoveryService
{
    private const int MostServersNamed = 30;
    private const int LongestServerText = 90;

    public Task<ToolSearchResult> FindAsync(ToolQuery query, CallerIdentity caller, CancellationToken cancellationToken = default) =>
        search.Workloads.SearchAsync(query with { Scope = visibility.ScopeOf(caller) }, cancellationToken);

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
