namespace Fleet.Metadata.Clients.Forge;

internal enum ForgeOutcome
{
    /// <summary>A new answer.</summary>
    Answered,

    /// <summary>The answer that the entity tag stands for is still right.</summary>
    Unchanged,

    /// <summary>No such repository, or not for this token.</summary>
    NotFound,

    /// <summary>The token, or its absence, is refused.</summary>
    Denied,

    /// <summary>Too many requests; see <see cref="ForgeReply.RetryAfter"/>.</summary>
    Limited,

    /// <summary>Anything else: the server failed, or what it said cannot be understood.</summary>
    Failed,
}
