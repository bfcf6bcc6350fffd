namespace ToolHive.Client.Tools.Results;

/// <summary>What a server does after a change.</summary>
internal sealed record ServerState
{
    public required string Name { get; init; }

    public required string Status { get; init; }
}
