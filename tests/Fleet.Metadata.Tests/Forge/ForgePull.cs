namespace Fleet.Metadata.Tests.Forge;

/// <summary>A pull or merge request that the forge keeps.</summary>
internal sealed record ForgePull
{
    public required int Number { get; init; }

    /// <summary>Repository that it is meant for, <c>owner/name</c>.</summary>
    public required string Repository { get; init; }

    /// <summary>Repository that holds the branch.</summary>
    public required string HeadRepository { get; init; }

    public required string Branch { get; init; }

    /// <summary>open or closed on GitHub; opened, closed, locked or merged on GitLab.</summary>
    public string State { get; init; } = "open";

    public bool Merged { get; init; }

    public string? Title { get; init; } = "A title";

    /// <summary>Grows with each touch.</summary>
    public int UpdatedAt { get; init; }
}
