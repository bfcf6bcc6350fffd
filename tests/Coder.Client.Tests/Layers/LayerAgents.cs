using Coder.Client.Models;

namespace Coder.Client.Tests.Layers;

/// <summary>Agents for the tests of one layer.</summary>
internal static class LayerAgents
{
    public static Agent Idle { get; } = new()
    {
        Name = "henk",
        Owner = "alice",
        WorkspaceId = new Guid("00000000-0000-4000-8000-000000000001"),
        Status = AgentStatus.Idle,
        Role = "Coder",
        Project = "Setup",
        CreatedAt = DateTimeOffset.UnixEpoch,
        UpdatedAt = DateTimeOffset.UnixEpoch,
        Build = new AgentBuild(new Guid("00000000-0000-4000-8000-000000000002"), "start", "running", null),
    };
}
