using Coder.Client.Clients.Wire;

namespace Coder.Client.Clients;

/// <summary>Where applications of workspaces are served. The applications themselves are part of a <see cref="Workspace"/>.</summary>
public interface IApplicationClient
{
    /// <summary>Lists the regions, the deployment's own first.</summary>
    Task<IReadOnlyList<Region>> ListRegionsAsync(CancellationToken cancellationToken = default);
}
