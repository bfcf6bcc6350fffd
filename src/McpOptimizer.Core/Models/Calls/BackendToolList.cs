namespace McpOptimizer.Core.Models.Calls;

/// <summary>All tools of a backend. A listing that could not be read to its end is an error and never comes as a shorter list; only what goes beyond the limits is left out, with a remark.</summary>
public sealed class BackendToolList
{
    /// <summary>The tools in the backend's order.</summary>
    public required IReadOnlyList<ToolDefinition> Tools { get; init; }

    /// <summary>What the server says about its use, if anything.</summary>
    public string? Instructions { get; init; }

    /// <summary>The server's own name for itself, if it has one.</summary>
    public string? ServerTitle { get; init; }

    /// <summary>The server's version, if it says so.</summary>
    public string? ServerVersion { get; init; }

    /// <summary>By which the same listing, under the same instructions, is known again; null when it has no mark.</summary>
    public string? Mark { get; init; }

    /// <summary>Entries that were left out and oddities of the listing, one sentence each.</summary>
    public IReadOnlyList<string> Remarks { get => field ?? []; init; }
}
