using ToolHive.Client.Models.Artifacts;

namespace ToolHive.Client.Clients.Wire;

/// <summary>Local builds.</summary>
internal sealed record BuildsAnswer
{
    public IReadOnlyList<LocalBuild>? Builds { get; init; }
}
