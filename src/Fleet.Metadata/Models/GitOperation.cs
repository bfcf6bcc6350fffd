namespace Fleet.Metadata.Models;

/// <summary>What was begun in a work tree and not finished.</summary>
internal enum GitOperation
{
    None,
    Merge,
    Rebase,
    Am,
    CherryPick,
    Revert,
    Bisect,
}
