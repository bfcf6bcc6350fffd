using Fleet.Metadata.Models;

namespace Fleet.Metadata.Repositories;

/// <summary>What to ask, and whom.</summary>
/// <param name="Host">The forge.</param>
/// <param name="Repository">Where the branch is pushed to.</param>
/// <param name="Heads">The branches that the local one may be on the forge, the likeliest first; none when detached.</param>
/// <param name="Bases">Repositories that it may be meant for besides those that hold it and their parents.</param>
/// <param name="Request">The request that the branch was checked out from, when git's configuration says so: there is nothing to look for then.</param>
internal sealed record ForgeTarget(
    ForgeHost Host, string Repository, IReadOnlyList<ForgeHead> Heads, IReadOnlyList<string> Bases, ForgeRequest? Request)
{
    /// <summary>Tells apart what may have different answers.</summary>
    public string Key => string.Join(
        '\n', [Host.Host, Repository, Request?.ToString() ?? "", .. Heads.Select(head => $"{head.Repository} {head.Branch}"), "", .. Bases]);
}
