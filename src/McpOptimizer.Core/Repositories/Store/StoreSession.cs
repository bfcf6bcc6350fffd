using System.Data.Common;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>The repositories, bound to one connection and transaction.</summary>
internal sealed class StoreSession(DbTransaction transaction, TimeProvider clock)
{
    public RegistryServerRepository RegistryServers { get; } = new(transaction, clock);

    public WorkloadServerRepository WorkloadServers { get; } = new(transaction, clock);

    public ToolRepository RegistryTools { get; } = new RegistryToolRepository(transaction, clock);

    public ToolRepository WorkloadTools { get; } = new WorkloadToolRepository(transaction, clock);

    public TrustRepository Trust { get; } = new(transaction);

    public LearningRepository Learning { get; } = new(transaction);

    public EnrichmentRepository Enrichments { get; } = new(transaction);
}
