using Fleet.Metadata.Models;
using Microsoft.Extensions.Options;

namespace Fleet.Metadata.Services;

/// <summary>Lets requests that come together share one collection.</summary>
internal sealed class MetadataService : IMetadataService
{
    private readonly Coalescer<MetadataResponse> _collections;
    private readonly MetadataMetrics _metrics;

    public MetadataService(MetadataCollection collection, MetadataMetrics metrics, IOptions<FleetMetadataOptions> options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        _metrics = metrics;
        _collections = new Coalescer<MetadataResponse>(collection.RunAsync, options.Value.CoalescingWindow, time);
    }

    public Task<MetadataResponse> GetAllAsync(CancellationToken cancellationToken = default)
    {
        Task<MetadataResponse> answer = _collections.Join(out bool shared);
        _metrics.CountRequest(shared);
        return answer.WaitAsync(cancellationToken);
    }

    public async Task<MetadataEntry?> GetAsync(string key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        MetadataResponse all = await GetAllAsync(cancellationToken).ConfigureAwait(false);
        return all.Data.GetValueOrDefault(key);
    }
}
