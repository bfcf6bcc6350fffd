namespace Fleet.Metadata.Repositories;

/// <summary>One pull or merge request by its number.</summary>
internal sealed record ForgeRequest(string Repository, long Number);
