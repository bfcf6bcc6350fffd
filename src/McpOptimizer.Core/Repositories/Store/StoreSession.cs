using System.Data.Common;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>Binds the repositories to one transaction.</summary>
internal sealed class StoreSession(DbTransaction transaction, TimeProvider clock) : IStoreSession
{
    public IRegistryServerRepository RegistryServers { get; } = new RegistryServerRepository(transaction, clock);

    public IWorkloadServerRepository WorkloadServers { get; } = new WorkloadServerRepository(transaction, clock);

    public IToolRepository RegistryTools { get; } = new RegistryToolRepository(transaction, clock);

    public IToolRepository WorkloadTools { get; } = new WorkloadToolRepository(transaction, clock);

    public ITrustRepository Trust { get; } = new TrustRepository(transaction);

    public ILearningRepository Learning { get; } = new LearningRepository(transaction);
}
