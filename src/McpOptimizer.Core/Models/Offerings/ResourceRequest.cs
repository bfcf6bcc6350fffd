namespace McpOptimizer.Core.Models.Offerings;

/// <summary>Which resource to read.</summary>
public sealed record ResourceRequest
{
    /// <summary>The server; null when the address is listed by one visible server only.</summary>
    public string? ServerName { get; init; }

    /// <summary>Its address, templates filled in.</summary>
    public required string Uri { get; init; }
}
