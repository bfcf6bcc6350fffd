namespace McpOptimizer.Core.Clients.Wire;

/// <summary>One server of a <see cref="ServersFile"/>. Members that clients add for themselves are ignored.</summary>
internal sealed class ServersFileEntry
{
    public required string Name { get; init; }

    /// <summary>Why the entry cannot be used; null when it can.</summary>
    public string? Fault { get; set; }

    /// <summary>What was read and is not followed.</summary>
    public List<string> Remarks { get; } = [];

    /// <summary>How the server is reached, in the words of the client: <c>stdio</c>, <c>local</c>, <c>http</c>, <c>remote</c>, <c>sse</c>, …</summary>
    public string? Type { get; set; }

    public string? Command { get; set; }

    public IReadOnlyList<string> Arguments { get; set; } = [];

    public IReadOnlyDictionary<string, string> Environment { get; set; } = new Dictionary<string, string>();

    /// <summary>A file of <c>NAME=value</c> lines that is added to the environment.</summary>
    public string? EnvironmentFile { get; set; }

    public string? WorkingDirectory { get; set; }

    public string? Url { get; set; }

    public IReadOnlyDictionary<string, string> Headers { get; set; } = new Dictionary<string, string>();

    public bool Disabled { get; set; }

    public TimeSpan? Timeout { get; set; }

    public string? Description { get; set; }

    /// <summary>The only tools that are offered; null for all.</summary>
    public IReadOnlyList<string>? OnlyTools { get; set; }

    /// <summary>Tools that are not offered.</summary>
    public IReadOnlyList<string> WithoutTools { get; set; } = [];

    /// <summary>Ours: the group, for <c>ALLOWED_GROUPS</c>.</summary>
    public string? Group { get; set; }

    /// <summary>Ours: pass the caller's own Authorization header on to this server.</summary>
    public bool ForwardCallerCredentials { get; set; }

    /// <summary>Ours: pass the token that opened the optimizer on to this server.</summary>
    public bool ForwardOptimizerToken { get; set; }

    /// <summary>Ours: log in with OAuth.</summary>
    public ServersFileOAuth? OAuth { get; set; }
}
