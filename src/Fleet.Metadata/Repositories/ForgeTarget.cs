using Fleet.Metadata.Models;

namespace Fleet.Metadata.Repositories;

/// <summary>What to ask, and whom.</summary>
/// <param name="Host">The forge.</param>
/// <param name="Repository">Where the branch is pushed to.</param>
/// <param name="Parent">Where it may be meant to go, when that is another repository of the same forge.</param>
/// <param name="Branch">Name of the branch; null when detached.</param>
internal sealed record ForgeTarget(ForgeHost Host, string Repository, string? Parent, string? Branch)
{
    /// <summary>Tells apart what may have different answers.</summary>
    public string Key => $"{Host.Host}\n{Repository}\n{Parent}\n{Branch}";

    public string Owner => Repository[..Repository.LastIndexOf('/')];

    /// <summary>The repositories to ask, the one that the branch is meant for first.</summary>
    public IEnumerable<string> Asked => Parent is null ? [Repository] : [Parent, Repository];
}
