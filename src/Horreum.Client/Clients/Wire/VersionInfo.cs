namespace Horreum.Client.Clients.Wire;

/// <summary>Version of the server.</summary>
public sealed record VersionInfo
{
    /// <summary>Version.</summary>
    public string? Version { get; init; }

    /// <summary>Source revision that the server was built from.</summary>
    public string? Commit { get; init; }

    /// <summary>When the server started.</summary>
    public DateTimeOffset StartTimestamp { get; init; }

    /// <summary>URL of the privacy statement.</summary>
    public string? PrivacyStatement { get; init; }
}
