namespace McpOptimizer.Core.Models;

/// <summary>
/// Where one backend MCP server is and how to reach it. Comes from a workload source at every listing and is never stored,
/// because environment variables and headers may hold secrets. Two endpoints with the same values share one session.
/// </summary>
public sealed class BackendEndpoint
{
    /// <summary>The workload's name: unique, shown to callers as <c>mcp_server_name</c>.</summary>
    public required string ServerName { get; init; }

    /// <summary>How the server is reached.</summary>
    public required TransportKind Transport { get; init; }

    /// <summary>Absolute address for HTTP transports; null for <see cref="TransportKind.Stdio"/>.</summary>
    public Uri? Url { get; init; }

    /// <summary>Headers for HTTP transports, for example an API key. Secret.</summary>
    public IReadOnlyDictionary<string, string> Headers { get => field ?? EmptyMap; init; }

    /// <summary>The program to start for <see cref="TransportKind.Stdio"/>.</summary>
    public string? Command { get; init; }

    /// <summary>Arguments of <see cref="Command"/>.</summary>
    public IReadOnlyList<string> Arguments { get => field ?? []; init; }

    /// <summary>Environment variables added for <see cref="Command"/>. Secret.</summary>
    public IReadOnlyDictionary<string, string> Environment { get => field ?? EmptyMap; init; }

    /// <summary>Working directory of <see cref="Command"/>; null for the host's own.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>Longest time one operation on this server may take; null for <c>Backends.CallTimeout</c>.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether the caller's own <c>Authorization</c> header is passed on to this server. Off unless the server's entry says so.</summary>
    public bool ForwardCallerCredentials { get; init; }

    /// <summary>OAuth login for HTTP transports; null for none.</summary>
    public BackendOAuth? OAuth { get; init; }

    /// <summary>
    /// Whether the token that opens the optimizer is passed on to this server, for callers who have no other. The server can then act as that caller towards
    /// the optimizer: set it only where both trust the same issuer. Off unless the server's entry says so.
    /// </summary>
    public bool ForwardOptimizerToken { get; init; }

    /// <summary>Which of the server's tools are offered; null for all.</summary>
    public ToolRestriction? Tools { get; init; }

    private static IReadOnlyDictionary<string, string> EmptyMap { get; } = new Dictionary<string, string>();

    /// <summary>The server's name and transport only: headers, arguments and environment may be secret.</summary>
    public override string ToString() => $"{ServerName} ({Transport})";
}
