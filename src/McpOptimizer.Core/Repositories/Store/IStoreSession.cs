namespace McpOptimizer.Core.Repositories.Store;

/// <summary>The repositories, bound to one connection (and transaction, when writing).</summary>
internal interface IStoreSession
{
    IRegistryServerRepository RegistryServers { get; }

    IWorkloadServerRepository WorkloadServers { get; }

    IToolRepository RegistryTools { get; }

    IToolRepository WorkloadTools { get; }

    ITrustRepository Trust { get; }

    ILearningRepository Learning { get; }
}
