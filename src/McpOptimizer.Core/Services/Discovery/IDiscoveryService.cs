using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;

namespace McpOptimizer.Core.Services.Discovery;

/// <summary>Finding and listing, within what a caller may see.</summary>
public interface IDiscoveryService
{
    /// <summary>The best tools of running servers for a need, within the token budget if there is one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to 50, or the budget not 100 to 1,000,000.</exception>
    /// <exception cref="LimitReachedException">The caller's profile allows no further search at the moment.</exception>
    Task<FindResult> FindAsync(FindRequest request, CallerIdentity caller, CancellationToken cancellationToken = default);

    /// <summary>The best tools of registry entries for a need. Groups do not apply: what is not installed is in none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to 50.</exception>
    /// <exception cref="LimitReachedException">The caller's profile allows no further search at the moment.</exception>
    Task<ToolSearchResult> SearchRegistryAsync(ToolQuery query, CallerIdentity caller, CancellationToken cancellationToken = default);

    /// <summary>Visible tools by server name.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="serverName">Only this server's; null for all.</param>
    /// <param name="offset">How many to leave out at the start.</param>
    /// <param name="limit">Most to return; null for all.</param>
    /// <exception cref="ArgumentException">No visible server has that name; the message names the nearest.</exception>
    IReadOnlyList<IndexedTool> List(CallerIdentity caller, string? serverName = null, int offset = 0, int? limit = null);

    /// <summary>Definitions of named tools, each whole unless it is larger than <c>Disclosure.MaxDefinitionTokens</c> allows.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="names">Each a tool's name, or its name behind its server's (<c>server/tool</c>).</param>
    /// <returns>The tools in the order asked for, and the names that fit none or several visible tools.</returns>
    (IReadOnlyList<IndexedTool> Tools, IReadOnlyList<string> NotFound) Describe(CallerIdentity caller, IReadOnlyList<string> names);

    /// <summary>The whole definition of one tool as compact JSON, however large; null when the name fits none or several visible tools.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="name">As for <see cref="Describe"/>.</param>
    string? ReadDefinition(CallerIdentity caller, string name);

    /// <summary>The description of <c>find_tool</c>: what it is for, and which servers are behind it now.</summary>
    string DescribeCatalog(CallerIdentity caller);
}
