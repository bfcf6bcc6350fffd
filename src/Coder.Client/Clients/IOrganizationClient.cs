using Coder.Client.Clients.Wire;

namespace Coder.Client.Clients;

/// <summary>Organizations.</summary>
public interface IOrganizationClient
{
    /// <summary>Lists the organizations that the token can see.</summary>
    Task<IReadOnlyList<Organization>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Lists the organizations of a user (id, user name or <c>me</c>).</summary>
    Task<IReadOnlyList<Organization>> ListOfUserAsync(string user, CancellationToken cancellationToken = default);

    /// <summary>Reads one organization.</summary>
    Task<Organization> GetAsync(Guid id, CancellationToken cancellationToken = default);
}
