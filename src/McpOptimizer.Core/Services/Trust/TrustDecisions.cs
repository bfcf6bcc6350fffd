using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>What a decision makes of an entry.</summary>
internal static class TrustDecisions
{
    /// <summary>As it is now, it is trusted from now on.</summary>
    public static TrustEntry Approve(TrustEntry entry) => entry.State == TrustState.Trusted
        ? entry
        : entry with { ApprovedHash = entry.CurrentHash, ApprovedText = entry.CurrentText, RejectedHash = null, RenamedFrom = null, Changes = 0 };

    /// <summary>As it is now, it stays withheld.</summary>
    public static TrustEntry Reject(TrustEntry entry)
    {
        bool wasApproved = entry.CurrentHash == entry.ApprovedHash;
        return entry.State == TrustState.Rejected
            ? entry
            : entry with
            {
                RejectedHash = entry.CurrentHash,
                ApprovedHash = wasApproved ? null : entry.ApprovedHash,
                ApprovedText = wasApproved ? null : entry.ApprovedText,
                Changes = 0,
            };
    }
}
