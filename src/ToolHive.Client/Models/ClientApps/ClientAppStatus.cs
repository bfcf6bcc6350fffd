namespace ToolHive.Client.Models.ClientApps;

/// <summary>Whether an AI client is installed and registered.</summary>
public sealed record ClientAppStatus
{
    /// <summary>Id, such as <c>claude-code</c> or <c>vscode</c>.</summary>
    public string? ClientType { get; init; }

    /// <summary>Found on this machine.</summary>
    public bool Installed { get; init; }

    /// <summary>Registered with ToolHive.</summary>
    public bool Registered { get; init; }

    /// <summary>Can use plugins.</summary>
    public bool SupportsPlugins { get; init; }

    /// <summary>Can use skills.</summary>
    public bool SupportsSkills { get; init; }
}
