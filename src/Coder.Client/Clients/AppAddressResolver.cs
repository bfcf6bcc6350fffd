using Coder.Client.Clients.Wire;
using Coder.Client.Models;

namespace Coder.Client.Clients;

/// <summary>Finds the address of a workspace application.</summary>
internal sealed class AppAddressResolver(ICoderClient coder, AppHosts hosts)
{
    /// <summary>The address, ending with a slash.</summary>
    /// <exception cref="WorkspaceAppException">The deployment serves no such application.</exception>
    public async Task<Uri> ResolveAsync(AgentApp app, CancellationToken cancellationToken)
    {
        if (!app.Subdomain || string.IsNullOrEmpty(app.SubdomainName))
        {
            return hosts.PathAddress(app);
        }

        hosts.Wildcard ??= await FindWildcardAsync(cancellationToken).ConfigureAwait(false);
        return hosts.SubdomainAddress(app.SubdomainName, hosts.Wildcard);
    }

    private async Task<string> FindWildcardAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Region> regions = await coder.Applications.ListRegionsAsync(cancellationToken).ConfigureAwait(false);
        return regions.FirstOrDefault(region => region.WildcardHostname?.StartsWith('*') == true)?.WildcardHostname
            ?? throw new WorkspaceAppException("The application wants a subdomain, but no region of the deployment names a wildcard host.");
    }
}
