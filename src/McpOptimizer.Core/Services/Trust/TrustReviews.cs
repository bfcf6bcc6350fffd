using System.Security.Cryptography;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Which definitions the review ids of this process stand for. The oldest make room: who reviewed them that long ago looks again.</summary>
internal sealed class TrustReviews
{
    private const int MostReviews = 1_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, IReadOnlyDictionary<(string Server, TrustKind Kind, string? Name), string>> _reviews = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = new();

    /// <summary>Gives out an id for these definitions as they are now.</summary>
    public string Add(IEnumerable<TrustEntry> entries)
    {
        string id = RandomNumberGenerator.GetHexString(32, lowercase: true);
        Dictionary<(string, TrustKind, string?), string> shown = entries.ToDictionary(entry => (entry.ServerName, entry.Kind, entry.Name), entry => entry.CurrentHash);
        lock (_gate)
        {
            _reviews.Add(id, shown);
            _order.Enqueue(id);
            if (_order.Count > MostReviews)
            {
                _reviews.Remove(_order.Dequeue());
            }
        }

        return id;
    }

    /// <summary>The definitions that an id stands for, as they are in <paramref name="entries"/>.</summary>
    /// <exception cref="TrustConflictException">There is no such id, or one of them is not as it was.</exception>
    public IReadOnlyList<TrustEntry> Find(string id, IReadOnlyList<TrustEntry> entries)
    {
        IReadOnlyDictionary<(string Server, TrustKind Kind, string? Name), string>? shown;
        lock (_gate)
        {
            _reviews.TryGetValue(id, out shown);
        }

        if (shown is null)
        {
            throw new TrustConflictException($"There is no review '{VisibleText.Shorten(id, 64)}' here: ids are kept until the server restarts. Nothing was decided; review it again.");
        }

        List<TrustEntry> meant = [.. entries.Where(entry => shown.TryGetValue((entry.ServerName, entry.Kind, entry.Name), out string? hash) && hash == entry.CurrentHash)];
        return meant.Count == shown.Count
            ? meant
            : throw new TrustConflictException("What is listed now is not what this review showed. Nothing was decided; review it again.");
    }
}
