namespace McpOptimizer.Core.Models;

/// <summary>Who is calling, as far as the host knows.</summary>
public sealed record CallerIdentity
{
    /// <summary>Nobody in particular: a library call, the command line, or a host without profiles and tokens.</summary>
    public static CallerIdentity Anonymous { get; } = new();

    /// <summary>The profile that the caller addressed; null for none.</summary>
    public string? Profile { get; init; }

    /// <summary>The subject of the caller's token; null where no token is required.</summary>
    public string? Subject { get; init; }

    /// <summary>The MCP session, so that what one session stored is not read by another; null outside of one.</summary>
    public string? SessionId { get; init; }
}
