namespace Fleet.Metadata.Clients.Git;

/// <summary>What git itself says about a repository before anything in it is looked at, and how to run git on it without its configuration.</summary>
internal sealed record GitSetup
{
    public required GitDirectory Directory { get; init; }

    public required bool IsBare { get; init; }

    public required GitConfig Config { get; init; }

    /// <summary>Stands in for the shared part of the repository.</summary>
    public required SafeFolder Safe { get; init; }

    /// <summary>The address that git would fetch from, by the name of the remote. May hold credentials.</summary>
    public IReadOnlyDictionary<string, string> Remotes { get; init; } = new Dictionary<string, string>();

    /// <summary>How many submodules the work tree declares; null when git cannot read the declaration.</summary>
    public int? SubmoduleCount { get; init; }
}
