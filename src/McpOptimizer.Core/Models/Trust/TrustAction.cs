namespace McpOptimizer.Core.Models.Trust;

/// <summary>What an entry of the trust log tells.</summary>
public enum TrustAction
{
    /// <summary>Seen for the first time and trusted by policy; one entry a server, the note says how many tools.</summary>
    Pinned,

    /// <summary>Withheld from now on; the note says why.</summary>
    Quarantined,

    /// <summary>Again as it was approved, and found again.</summary>
    Restored,

    /// <summary>Not listed any more.</summary>
    Removed,

    /// <summary>Somebody approved it.</summary>
    Approved,

    /// <summary>Somebody rejected it.</summary>
    Rejected,

    /// <summary>More happened within one hour than the log keeps line by line; the note says how much.</summary>
    Summarized,
}
