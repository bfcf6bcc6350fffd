namespace ToolHive.Client.Models.Artifacts;

/// <summary>Installs a skill or plugin from a registry or an OCI reference.</summary>
public sealed record InstallRequest
{
    /// <summary>Name or reference.</summary>
    public required string Name { get; init; }

    /// <summary>Version; null for the newest.</summary>
    public string? Version { get; init; }

    /// <summary><c>user</c> or <c>project</c>.</summary>
    public string? Scope { get; init; }

    /// <summary>Folder of the project, for the scope <c>project</c>.</summary>
    public string? ProjectRoot { get; init; }

    /// <summary>AI clients to install for.</summary>
    public IReadOnlyList<string>? Clients { get; init; }

    /// <summary>Group to add it to.</summary>
    public string? Group { get; init; }

    /// <summary>Overwrite what is there.</summary>
    public bool? Force { get; init; }

    /// <summary>Accept an unsigned skill. Not for plugins.</summary>
    public bool? AllowUnsigned { get; init; }
}
