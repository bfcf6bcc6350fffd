using McpOptimizer.Core.Models.Trust;
using McpOptimizer.Core.Services.Definitions;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>The entries that a target means, and the hash of what they are now.</summary>
internal sealed record TrustSelection(IReadOnlyList<TrustEntry> Entries, string Hash)
{
    /// <summary>Finds them. A name means one entry whatever its state; a server, or nothing, means what awaits a decision.</summary>
    /// <exception cref="ArgumentException">Nothing has that name, or several things have.</exception>
    public static TrustSelection Of(IReadOnlyList<TrustEntry> entries, string? target)
    {
        if (target is null)
        {
            return Pending(entries);
        }

        List<TrustEntry> server = [.. entries.Where(entry => entry.ServerName == target)];
        List<TrustEntry> named = [.. entries.Where(entry => entry.FullName == target || entry.DisplayName == target)];
        return (server.Count, named.Count) switch
        {
            (0, 1) => new TrustSelection(named, named[0].CurrentHash),
            ( > 0, 0) => Pending(server),
            (0, 0) => throw new ArgumentException(
                $"Nothing is recorded under '{VisibleText.Shorten(target)}'.{NearestName.Hint(target, entries.Select(entry => entry.DisplayName).Concat(entries.Select(entry => VisibleText.Escape(entry.ServerName)).Distinct()))}",
                nameof(target)),
            _ => throw new ArgumentException($"'{VisibleText.Shorten(target)}' can be read in several ways: as a server and as a tool, or as tools of several servers.", nameof(target)),
        };
    }

    /// <summary>Whether a decision that gives this hash means exactly these entries.</summary>
    public bool Has(string hash) => string.Equals(Hash, hash, StringComparison.OrdinalIgnoreCase);

    private static TrustSelection Pending(IEnumerable<TrustEntry> entries)
    {
        List<TrustEntry> pending = [.. entries.Where(entry => entry.IsPending)];
        return new TrustSelection(pending, ToolHasher.HashParts(pending.SelectMany(entry => new[] { entry.ServerName, entry.Kind.ToString(), entry.Name, entry.CurrentHash })));
    }
}
