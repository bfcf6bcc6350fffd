using Coder.Client.Models;
using Coder.Client.Repositories;
using Microsoft.Extensions.Options;

namespace Coder.Client.Services;

/// <summary>Finds the agent that a name means, or says which names there are.</summary>
internal sealed class AgentFinder(AgentRepository agents, IOptions<FleetOptions> options)
{
    public async Task<Agent> GetAsync(string name, string? owner, CancellationToken cancellationToken)
    {
        string who = Check(name, owner);
        return await agents.FindAsync(who, name, cancellationToken).ConfigureAwait(false)
            ?? throw await NotFoundAsync(name, who, cancellationToken).ConfigureAwait(false);
    }

    public async Task<AgentHistory> GetHistoryAsync(string name, string? owner, CancellationToken cancellationToken)
    {
        string who = Check(name, owner);
        return await agents.FindHistoryAsync(who, name, cancellationToken).ConfigureAwait(false)
            ?? throw await NotFoundAsync(name, who, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The owner whose agents single-agent operations act on: with a fleet of all owners, those of the token's user.</summary>
    public string Owner(string? owner) => OwnerRules.Resolve(owner, options.Value.Owner == "*" ? "me" : options.Value.Owner, allowAll: false);

    private string Check(string name, string? owner)
    {
        NameRules.Check(name, "agent_name");
        return Owner(owner);
    }

    // One more call, on the way to an error only: the names that exist are what helps the caller.
    private async Task<FleetException> NotFoundAsync(string name, string owner, CancellationToken cancellationToken)
    {
        IEnumerable<string> known;
        try
        {
            known = (await agents.ListAsync(owner, cancellationToken).ConfigureAwait(false)).Select(agent => agent.Name);
        }
        catch (CoderApiException)
        {
            known = [];
        }

        return Faults.AgentNotFound(name, known);
    }
}
