namespace ToolHive.Client.Models.Artifacts;

/// <summary>Upgrades installed artifacts of a project.</summary>
public sealed record UpgradeRequest
{
    /// <summary>Folder of the project.</summary>
    public string? ProjectRoot { get; init; }

    /// <summary>Which; null for all.</summary>
    public IReadOnlyList<string>? Names { get; init; }

    /// <summary>AI clients to install for.</summary>
    public IReadOnlyList<string>? Clients { get; init; }

    /// <summary>Only say what would happen.</summary>
    public bool? Preview { get; init; }

    /// <summary>Answer with an error when there is something to upgrade.</summary>
    public bool? FailOnChanges { get; init; }

    /// <summary>Accept another reference.</summary>
    public bool? AllowRefChange { get; init; }

    /// <summary>Accept another signer. Not for plugins.</summary>
    public bool? AllowSignerChange { get; init; }
}
