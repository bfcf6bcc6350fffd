namespace McpOptimizer.Server.Cli;

/// <summary>What a command looks at before it answers, when no optimizer runs that could.</summary>
internal sealed record LocalLook
{
    /// <summary>Only what is stored; no server is asked.</summary>
    public bool Stored { get; init; }

    /// <summary>The database is neither made nor changed, and what is taken in is forgotten at the end.</summary>
    public bool ReadOnly { get; init; }

    /// <summary>The only server that is started; null for all.</summary>
    public string? Server { get; init; }

    /// <summary>Runs on what is stored, before any server is started; may refuse.</summary>
    public Func<IServiceProvider, CancellationToken, Task>? Before { get; init; }
}
