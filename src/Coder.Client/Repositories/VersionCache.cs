using System.Collections.Concurrent;

namespace Coder.Client.Repositories;

/// <summary>
/// Keeps what belongs to a template version, which never changes once the version exists. Callers that ask at the same time share one call; a
/// failure is not kept.
/// </summary>
internal sealed class VersionCache<T>(Func<Guid, CancellationToken, Task<T>> load)
{
    private readonly ConcurrentDictionary<Guid, Lazy<Task<T>>> _entries = new();

    public async Task<T> GetAsync(Guid version, CancellationToken cancellationToken)
    {
        // One caller that gives up must not take the answer away from the others, hence no token inside.
        Lazy<Task<T>> entry = _entries.GetOrAdd(version, id => new Lazy<Task<T>>(() => load(id, CancellationToken.None)));
        try
        {
            return await entry.Value.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch when (entry.Value.IsFaulted || entry.Value.IsCanceled)
        {
            _entries.TryRemove(KeyValuePair.Create(version, entry));
            throw;
        }
    }

    /// <summary>What is known by now, without a call.</summary>
    public bool TryGet(Guid version, out T? value)
    {
        if (_entries.TryGetValue(version, out Lazy<Task<T>>? entry) && entry.IsValueCreated && entry.Value.IsCompletedSuccessfully)
        {
            value = entry.Value.Result;
            return true;
        }

        value = default;
        return false;
    }
}
