using Coder.Client.Models;

namespace Coder.Client.Clients;

/// <summary>Finds the address of a workspace application.</summary>
internal interface IAppAddressResolver
{
    /// <summary>The address, ending with a slash.</summary>
    /// <exception cref="WorkspaceAppException">The deployment serves no such application.</exception>
    Task<Uri> ResolveAsync(AgentApp app, CancellationToken cancellationToken);
}
