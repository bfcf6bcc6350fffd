using McpOptimizer.Core.Models;

namespace McpOptimizer.Core.Services.Ingestion;

/// <summary>The doors of ingestion. Each look goes through three stages: it looks (<c>Look</c>), plans without writing anything (<c>Plan</c>), and commits (<see cref="Commit"/>).</summary>
internal sealed class IngestionService(
    RegistryIngestion registry,
    WorkloadIngestion workloads,
    Rematching rematching,
    Reembedding reembedding,
    StoreWatch store,
    IndexLoader loader,
    ReplicaFollower follower,
    OfferingIngestion offerings,
    OfferingSignal offeringSignal) : IIngestionService
{
    public async Task LoadAsync(CancellationToken cancellationToken = default)
    {
        await store.OpenAsync(cancellationToken).ConfigureAwait(false);
        await follower.BeginAsync(cancellationToken).ConfigureAwait(false);
        await loader.LoadAsync(cancellationToken).ConfigureAwait(false);
    }

    public Task<long> CountStoredAsync(CancellationToken cancellationToken = default) => store.CountStoredAsync(cancellationToken);

    public Task<IngestionReport> IngestRegistryAsync(CancellationToken cancellationToken = default) => registry.RunAsync(cancellationToken);

    public async Task<IngestionReport> IngestWorkloadsAsync(CancellationToken cancellationToken = default)
    {
        IngestionReport report = await workloads.RunAsync(cancellationToken).ConfigureAwait(false);
        offeringSignal.LookAtAll();
        return report;
    }

    /// <summary>Begins a look that does not wait for slow sources and servers.</summary>
    /// <param name="patience">How long it waits for sources.</param>
    /// <param name="forceMatch">Whether registry entries are looked for whatever the policy says.</param>
    /// <param name="cancellationToken">Stops the look.</param>
    /// <returns>What completes when every server has answered.</returns>
    public async Task<Task> BeginAsync(TimeSpan patience, bool forceMatch, CancellationToken cancellationToken = default)
    {
        Task<IngestionReport> answers = await workloads.LookAsync(patience, forceMatch, cancellationToken).ConfigureAwait(false);
        return FollowAsync();

        async Task FollowAsync()
        {
            await answers.ConfigureAwait(false);
            offeringSignal.LookAtAll();
        }
    }

    public async Task<IngestionReport> IngestWorkloadAsync(string serverName, CancellationToken cancellationToken = default)
    {
        IngestionReport report = await workloads.RunForAsync(serverName, forceMatch: false, cancellationToken).ConfigureAwait(false);
        offeringSignal.LookAt(serverName);
        return report;
    }

    public Task IngestOfferingsAsync(CancellationToken cancellationToken = default) => offerings.RunAsync(null, cancellationToken);

    public Task<bool> ForgetAsync(string serverName, CancellationToken cancellationToken = default) => workloads.ForgetAsync(serverName, cancellationToken);

    public Task<IngestionReport> RematchAsync(string serverName, CancellationToken cancellationToken = default) => rematching.RunAsync(serverName, cancellationToken);

    /// <summary>Looks whether the store is still in its place, and puts it back if not; looks whether one that failed works again.</summary>
    public Task VerifyStoreAsync(CancellationToken cancellationToken = default) => store.VerifyAsync(cancellationToken);

    /// <summary>Whether entries of a registry are stored.</summary>
    public Task<bool> HasRegistryAsync(CancellationToken cancellationToken = default) => store.HasRegistryAsync(cancellationToken);

    /// <summary>Embeds what is left over from another model, or was too much for the host's generator.</summary>
    /// <returns>How many texts were embedded.</returns>
    public Task<int> ReembedStaleAsync(CancellationToken cancellationToken = default) => reembedding.RunAsync(cancellationToken);
}
