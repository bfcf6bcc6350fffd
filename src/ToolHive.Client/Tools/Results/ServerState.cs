using ToolHive.Client.Models;

namespace ToolHive.Client.Tools.Results;

/// <summary>What a server does after a change.</summary>
internal sealed record ServerState
{
    public required string Name { get; init; }

    public required string Status { get; init; }

    public static ServerState From(string name, WorkloadStatus status) => new() { Name = name, Status = status.ToString() };

    public static ServerState Removed(string name, bool isGone) => new() { Name = name, Status = isGone ? "removed" : "removing" };
}
