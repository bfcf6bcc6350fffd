using System.Security.Cryptography;
using System.Text.Json;
using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Repositories.Store;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>
/// Which definitions the review ids stand for. The oldest make room: who reviewed them that long ago looks again. Where replicas share the store, an id holds on
/// all of them.
/// </summary>
internal sealed class TrustReviews(IStoreReplicas replicas)
{
    private const int MostReviews = 1_000;
    private const string Prefix = "review/";

    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, IReadOnlyList<ReviewedEntry>> _reviews = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Gives out an id for these definitions as they are now.</summary>
    public async Task<string> AddAsync(IEnumerable<TrustEntry> entries, CancellationToken cancellationToken = default)
    {
        string id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        ReviewedEntry[] shown = [.. entries.Select(entry => new ReviewedEntry(entry.ServerName, entry.Kind, entry.Name, entry.CurrentHash, entry.DecidedAt?.ToUnixTimeMilliseconds()))];
        Remember(id, shown);
        if (replicas.Name is not null)
        {
            byte[] text = JsonSerializer.SerializeToUtf8Bytes(shown, ReviewJsonContext.Default.IReadOnlyListReviewedEntry);
            await replicas.ShareAsync(Prefix + id, text, Lifetime, cancellationToken).ConfigureAwait(false);
        }

        return id;
    }

    /// <summary>Brings a review here that another replica gave out.</summary>
    public async Task BringAsync(string id, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_reviews.ContainsKey(id))
            {
                return;
            }
        }

        if (await replicas.FindSharedAsync(Prefix + id, cancellationToken).ConfigureAwait(false) is { } text
            && JsonSerializer.Deserialize(text, ReviewJsonContext.Default.IReadOnlyListReviewedEntry) is { } shown)
        {
            Remember(id, shown);
        }
    }

    /// <summary>The definitions that an id stands for, as they are in <paramref name="entries"/>.</summary>
    /// <exception cref="TrustConflictException">There is no such id, one of them is not as it was, or somebody else decided on it meanwhile.</exception>
    public IReadOnlyList<TrustEntry> Find(string id, IReadOnlyList<TrustEntry> entries)
    {
        IReadOnlyList<ReviewedEntry>? shown;
        lock (_gate)
        {
            _reviews.TryGetValue(id, out shown);
        }

        if (shown is null)
        {
            throw new TrustConflictException($"There is no review '{VisibleText.Shorten(id, 64)}' here: ids are kept until the server restarts. Nothing was decided; review it again.");
        }

        Dictionary<(string, TrustKind, string?), TrustEntry> now = entries.ToDictionary(entry => (entry.ServerName, entry.Kind, entry.Name));
        List<TrustEntry> meant = new(shown.Count);
        foreach (ReviewedEntry item in shown)
        {
            if (!now.TryGetValue((item.Server, item.Kind, item.Name), out TrustEntry? entry) || entry.CurrentHash != item.Hash)
            {
                throw new TrustConflictException("What is listed now is not what this review showed. Nothing was decided; review it again.");
            }

            if (entry.DecidedAt?.ToUnixTimeMilliseconds() != item.DecidedAt)
            {
                throw new TrustConflictException(
                    $"'{entry.DisplayName}' was decided on after this review: {entry.State.ToString().ToLowerInvariant()} by {VisibleText.Shorten(entry.DecidedBy ?? "somebody")} at {entry.DecidedAt:u}. Nothing was decided; review it again.");
            }

            meant.Add(entry);
        }

        return meant;
    }

    private void Remember(string id, IReadOnlyList<ReviewedEntry> shown)
    {
        lock (_gate)
        {
            if (_reviews.TryAdd(id, shown))
            {
                _order.Enqueue(id);
            }

            if (_order.Count > MostReviews)
            {
                _reviews.Remove(_order.Dequeue());
            }
        }
    }
}
