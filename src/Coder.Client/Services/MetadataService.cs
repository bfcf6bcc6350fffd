using Coder.Client.Models;
using Coder.Client.Repositories;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Coder.Client.Services;

/// <summary>Reads the metadata of many agents at once under one time budget. Never throws for a workspace: it costs its own entry only.</summary>
internal sealed partial class MetadataService(
    MetadataRepository metadata, FleetMetrics metrics, IOptions<FleetOptions> options, TimeProvider clock, ILogger<MetadataService> logger)
{
    private readonly FleetOptions _options = options.Value;

    /// <summary>Metadata by workspace id, for online agents that have a metadata application.</summary>
    public async Task<IReadOnlyDictionary<Guid, AgentMetadata>> ReadAsync(IReadOnlyList<Agent> agents, CancellationToken cancellationToken)
    {
        AgentMetadata[] results = new AgentMetadata[agents.Count];
        using CancellationTokenSource budget = new(_options.MetadataBudget, clock);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = _options.MetadataParallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(Enumerable.Range(0, agents.Count), parallel, async (index, token) =>
        {
            results[index] = await ReadOneAsync(agents[index], budget.Token, token).ConfigureAwait(false);
        }).ConfigureAwait(false);
        return agents.Zip(results).ToDictionary(pair => pair.First.WorkspaceId, pair => pair.Second);
    }

    private async Task<AgentMetadata> ReadOneAsync(Agent agent, CancellationToken budget, CancellationToken cancellationToken)
    {
        if (!agent.IsOnline)
        {
            return AgentMetadata.Unreadable($"The agent is {agent.Status.ToWord()}; only idle and busy agents answer.");
        }

        if (agent.MetadataApp is null)
        {
            return AgentMetadata.Unreadable("The workspace has no metadata application.");
        }

        using CancellationTokenSource own = new(_options.MetadataTimeout, clock);
        using CancellationTokenSource any = CancellationTokenSource.CreateLinkedTokenSource(own.Token, budget, cancellationToken);
        try
        {
            IReadOnlyDictionary<string, MetadataField> fields = await metadata.ReadAsync(agent.MetadataApp, any.Token).ConfigureAwait(false);
            metrics.MetadataRead("ok");
            return new AgentMetadata { Fields = fields };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            metrics.MetadataRead("timeout");
            string limit = own.IsCancellationRequested
                ? $"{_options.MetadataTimeout.TotalSeconds:0.###} s"
                : $"the listing's {_options.MetadataBudget.TotalSeconds:0.###} s";
            Unreadable(logger, agent.Name, "timeout");
            return AgentMetadata.Unreadable($"No answer within {limit}.");
        }
        catch (HttpRequestException e)
        {
            metrics.MetadataRead("failed");
            Unreadable(logger, agent.Name, e.Message);
            return AgentMetadata.Unreadable(e.Message);
        }
    }

    [LoggerMessage(EventId = 22, Level = LogLevel.Information, Message = "The metadata of agent '{AgentName}' cannot be read: {Reason}")]
    private static partial void Unreadable(ILogger logger, string agentName, string reason);
}
