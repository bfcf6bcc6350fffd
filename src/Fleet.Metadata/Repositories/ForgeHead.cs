namespace Fleet.Metadata.Repositories;

/// <summary>A branch as a forge knows it.</summary>
/// <param name="Repository">Path of the repository that holds it, such as <c>owner/repo</c>.</param>
/// <param name="Branch">Its name there, which need not be the local one.</param>
internal sealed record ForgeHead(string Repository, string Branch);
