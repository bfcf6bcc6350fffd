using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Repositories;
using McpOptimizer.Core.Services.Catalogue;
using McpOptimizer.Core.Services.Search;
using McpOptimizer.Core.Services.Trust;

namespace McpOptimizer.Core.Services.Calls;

/// <summary>
/// Finds the tool of a call in the same index, and with the same scope, that searches use: nothing can be called that cannot be found.
/// Hidden tools and tools that do not exist read the same.
/// </summary>
internal sealed class IndexTargetResolver(ToolIndexes indexes, EndpointRepository endpoints, TrustMemory memory, IngestionStatus status) : ICallTargetResolver
{
    private const int MostNamed = 5;

    public CallTargetResult Resolve(string? serverName, string toolName, VisibilityScope scope)
    {
        ToolIndex index = indexes.Workloads.Current;
        if (string.IsNullOrEmpty(serverName))
        {
            return index.FindByName(toolName, scope) switch
            {
                [] when indexes.Withheld.Current.FindByName(toolName, scope) is [{ } waiting] => Withheld(waiting),
                [] => CallTargetResult.NotFound($"There is no tool '{toolName}'. Use find_tool to find its name and server.{NearestTool(index, toolName, scope)}"),
                [{ } only] => Reach(only),
                { } several => CallTargetResult.NotFound(
                    $"'{toolName}' is ambiguous: {string.Join(", ", several.Take(MostNamed).Select(tool => $"{tool.ServerName}/{tool.Name}"))}. Say which with server_name."),
            };
        }

        IndexedTool? found = index.FindTool(serverName, toolName, scope) ?? Prefixed(index, serverName, toolName, scope);
        return found is not null ? Reach(found)
            : indexes.Withheld.Current.FindTool(serverName, toolName, scope) is { } withheld ? Withheld(withheld)
            : CallTargetResult.NotFound(Explain(index, serverName, toolName, scope));
    }

    public bool IsWithheld(string serverName, string toolName) => indexes.Withheld.Current.FindTool(serverName, toolName) is not null;

    // Only for those whose scope would show the tool: to all others it reads like a tool that does not exist.
    private static CallTargetResult Withheld(IndexedTool tool) => CallTargetResult.NotFound(
        $"The tool '{VisibleText.Shorten(tool.Name)}' of the server '{tool.ServerName}' is withheld: its definition, or the server's instructions or address, changed or was never approved, and awaits approval by an operator.");

    // Some clients hand back the name with its server in front, beside the server's name.
    private static IndexedTool? Prefixed(ToolIndex index, string serverName, string toolName, VisibilityScope scope) =>
        index.FindByName(toolName, scope).Where(tool => tool.ServerName == serverName).ToList() is [{ } only] ? only : null;

    private CallTargetResult Reach(IndexedTool tool) => memory.IsMoved(tool.ServerName) ? Withheld(tool) : endpoints.Find(tool.ServerName) is { } endpoint
        ? CallTargetResult.Found(new CallTarget(tool, endpoint))
        : CallTargetResult.NotFound($"The server '{tool.ServerName}' is known but not reachable yet: no source has listed it since the start. Try again in a moment.");

    private string Explain(ToolIndex index, string serverName, string toolName, VisibilityScope scope)
    {
        IReadOnlyList<ServerOverview> servers = index.ListServers(scope);
        if (!servers.Any(server => server.Name == serverName))
        {
            if (status.StartingFor(scope).Contains(serverName, StringComparer.Ordinal))
            {
                return $"The server '{serverName}' is still starting. Try again in a few seconds.";
            }

            return $"There is no running server '{serverName}'.{NearestName.Hint(serverName, servers.Select(server => server.Name))}";
        }

        IEnumerable<string> tools = index.ListToolsOf(serverName, scope).Select(tool => tool.Name);
        return $"The server '{serverName}' has no tool '{toolName}'.{NearestName.Hint(toolName, tools)}";
    }

    private static string NearestTool(ToolIndex index, string toolName, VisibilityScope scope)
    {
        string hint = NearestName.Hint(toolName, index.ListTools(scope).Select(tool => tool.Name));
        return hint.StartsWith(" Did", StringComparison.Ordinal) ? hint : "";
    }
}
