namespace ToolHive.Client.Models.Artifacts;

/// <summary>Brings installed artifacts in line with a project's lock file.</summary>
public sealed record SyncRequest
{
    /// <summary>Folder of the project.</summary>
    public string? ProjectRoot { get; init; }

    /// <summary>AI clients to install for.</summary>
    public IReadOnlyList<string>? Clients { get; init; }

    /// <summary>Take unmanaged ones into the lock file.</summary>
    public bool? Adopt { get; init; }

    /// <summary>Only compare.</summary>
    public bool? Check { get; init; }

    /// <summary>Remove what the lock file does not name.</summary>
    public bool? Prune { get; init; }

    /// <summary>Accept unsigned skills. Not for plugins.</summary>
    public bool? AllowUnsigned { get; init; }
}
