using Coder.Client.Clients.Wire;

namespace Coder.Client.Clients;

internal sealed class OrganizationClient(CoderHttp http) : IOrganizationClient
{
    private static CoderJsonContext Json => CoderJsonContext.Default;

    public Task<IReadOnlyList<Organization>> ListAsync(CancellationToken cancellationToken = default) =>
        http.GetAsync(Route.Of("organizations"), Json.IReadOnlyListOrganization, cancellationToken);

    public Task<IReadOnlyList<Organization>> ListOfUserAsync(string user, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(user);
        return http.GetAsync(Route.Of("users", user, "organizations"), Json.IReadOnlyListOrganization, cancellationToken);
    }

    public Task<Organization> GetAsync(Guid id, CancellationToken cancellationToken = default) =>
        http.GetAsync(Route.Of("organizations", Route.Id(id)), Json.Organization, cancellationToken);
}
