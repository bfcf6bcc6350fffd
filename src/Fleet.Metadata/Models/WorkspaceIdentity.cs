namespace Fleet.Metadata.Models;

/// <summary>Who this workspace is, as its platform tells it. Null: not told.</summary>
internal sealed record WorkspaceIdentity
{
    public string? Id { get; init; }

    public string? Name { get; init; }

    public string? Owner { get; init; }

    public string? AgentName { get; init; }
}
