namespace Coder.Client.Models;

/// <summary>A build of an agent's workspace.</summary>
/// <param name="Id">Id of the build.</param>
/// <param name="Transition">start, stop or delete.</param>
/// <param name="Status">Coder's word for the workspace's status.</param>
/// <param name="Error">Why the build failed; null when it did not.</param>
public sealed record AgentBuild(Guid Id, string Transition, string Status, string? Error)
{
    /// <summary>Whether the build still waits or runs.</summary>
    public bool IsActive => Status is "pending" or "starting" or "stopping" or "canceling" or "deleting";
}
