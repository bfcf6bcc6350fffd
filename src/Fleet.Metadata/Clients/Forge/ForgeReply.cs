namespace Fleet.Metadata.Clients.Forge;

/// <summary>What a forge said, whatever it was asked for.</summary>
internal abstract record ForgeReply
{
    public required ForgeOutcome Outcome { get; init; }

    /// <summary>Stands for this answer when asking again; null when the forge gives none.</summary>
    public string? EntityTag { get; init; }

    /// <summary>How long the host wants to be left alone; null when it does not care.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What went wrong, for the log; null on success.</summary>
    public string? Fault { get; init; }
}
