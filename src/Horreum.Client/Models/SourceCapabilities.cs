namespace Horreum.Client.Models;

/// <summary>What a source can do.</summary>
public sealed record SourceCapabilities
{
    /// <summary>Whether lists come in pages with tokens.</summary>
    public bool Pagination { get; init; }

    /// <summary>Whether answers may be older than the call. Only the ids behind test names ever are.</summary>
    public bool Caching { get; init; }

    /// <summary>Whether answers come in parts while they are made.</summary>
    public bool Streaming { get; init; }

    /// <summary>Whether schemas can be listed and filtered by.</summary>
    public bool Schemas { get; init; }
}
