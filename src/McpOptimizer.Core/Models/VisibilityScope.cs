namespace McpOptimizer.Core.Models;

/// <summary>
/// The one rule about who sees what; search, listing, token baseline and calls all ask it, so nothing can be called that cannot be found.
/// </summary>
public sealed class VisibilityScope
{
    /// <summary>Sees every running server.</summary>
    public static VisibilityScope Everything { get; } = new() { LearnsAs = "" };

    /// <summary>Groups whose servers are visible; null for all. In a group that has a running virtual MCP server only the virtual ones are visible.</summary>
    public IReadOnlySet<string>? Groups { get; init; }

    /// <summary>Further rule on a server's name; null for none.</summary>
    public Func<string, bool>? AllowsServer { get; init; }

    /// <summary>Further rule on a tool: server name, then the tool's definition facts; null for none.</summary>
    public Func<string, IndexedTool, bool>? AllowsTool { get; init; }

    /// <summary>
    /// Further rule on a resource or prompt: server name, then the resource's address or the prompt's name. Null for none; but a scope with
    /// <see cref="AllowsTool"/> and without this rule sees no resource and no prompt.
    /// </summary>
    public Func<string, string, bool>? AllowsItem { get; init; }

    /// <summary>How much may be called; null for no limit. Callers who share the scope share the limit.</summary>
    public CallLimits? Limits { get; init; }

    /// <summary>Under which name use is remembered: the profile, empty for callers without one; null where nothing is learned.</summary>
    internal string? LearnsAs { get; init; }

    /// <summary>This scope as the indexes of resources and prompts take it; one instance, because indexes cache by it.</summary>
    internal VisibilityScope ForItems => field ??= new VisibilityScope
    {
        Groups = Groups,
        AllowsServer = AllowsServer,
        AllowsTool = AllowsItem is { } rule ? (server, item) => rule(server, item.Name) : AllowsTool is null ? null : (_, _) => false,
    };

    /// <summary>Waits for a place within <see cref="Limits"/> to search in.</summary>
    /// <returns>The place, to be given back by disposing it; null where none is counted.</returns>
    /// <exception cref="LimitReachedException">There is none.</exception>
    internal async Task<IDisposable?> EnterSearchAsync(CancellationToken cancellationToken = default)
    {
        (IDisposable? place, string? refusal) = await EnterAsync(cancellationToken).ConfigureAwait(false);
        return refusal is null ? place : throw new LimitReachedException(refusal);
    }

    /// <summary>Waits for a place within <see cref="Limits"/>.</summary>
    /// <returns>The place, to be given back by disposing it, null where none is counted; or why there is none.</returns>
    internal Task<(IDisposable? Place, string? Refusal)> EnterAsync(CancellationToken cancellationToken = default) =>
        Limits?.EnterAsync(cancellationToken) ?? Task.FromResult<(IDisposable? Place, string? Refusal)>((null, null));
}
