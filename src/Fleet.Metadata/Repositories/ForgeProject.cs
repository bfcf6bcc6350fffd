namespace Fleet.Metadata.Repositories;

/// <summary>What a forge says about a repository.</summary>
/// <param name="Id">Stays the same when the repository is renamed.</param>
/// <param name="Parent">Path of the repository that it is a fork of; null when it is none.</param>
internal sealed record ForgeProject(long Id, string? Parent)
{
    /// <summary>There is none, or not for this token.</summary>
    public static readonly ForgeProject Unknown = new(0, null);

    public bool IsKnown => Id > 0;
}
