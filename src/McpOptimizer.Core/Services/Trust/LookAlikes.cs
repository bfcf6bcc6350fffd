using System.Runtime.InteropServices;
using System.Text;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Names that can be taken for those of other servers' tools. A name that a thousand servers have is held once.</summary>
internal sealed class LookAlikes
{
    // Short names are near one another by chance, and so are a word and its plural.
    private const int LongName = 10;

    private readonly Dictionary<string, Holders> _holders = new(StringComparer.Ordinal);

    // By the hash of what is compared: what is found is compared itself.
    private readonly Dictionary<int, List<string>> _skeletons = [];
    private readonly Dictionary<int, List<string>> _halves = [];

    /// <summary>Knows a name of a server.</summary>
    public void Add(string server, string name)
    {
        ref Holders holders = ref CollectionsMarshal.GetValueRefOrAddDefault(_holders, name, out bool isKnown);
        holders = holders.With(server);
        if (isKnown)
        {
            return;
        }

        Put(_skeletons, string.GetHashCode(PlainText.Skeleton(name)), name);
        if (name.Length >= LongName)
        {
            Put(_halves, Start(name, name.Length), name);
            Put(_halves, End(name, name.Length), name);
        }
    }

    /// <summary>What a name of a server looks like at another one; null for nothing.</summary>
    public TrustFinding? Find(string server, string name)
    {
        string skeleton = PlainText.Skeleton(name);
        foreach (string other in _skeletons.GetValueOrDefault(string.GetHashCode(skeleton), []))
        {
            if (!string.Equals(other, name, StringComparison.OrdinalIgnoreCase) && _holders[other].OtherThan(server) is { } holder && PlainText.Skeleton(other) == skeleton)
            {
                // Of two that look alike, the one in foreign letters is the copy.
                return Finding(Ascii.IsValid(name) ? FindingSeverity.Medium : FindingSeverity.High, name, holder, other, "reads like");
            }
        }

        for (int length = Math.Max(LongName, name.Length - 1); name.Length >= LongName && length <= name.Length + 1; length++)
        {
            if ((FindOneAway(server, name, Start(name, length)) ?? FindOneAway(server, name, End(name, length))) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private TrustFinding? FindOneAway(string server, string name, int half)
    {
        foreach (string other in _halves.GetValueOrDefault(half, []))
        {
            if (IsOneAway(name, other) && !IsPlural(name, other) && _holders[other].OtherThan(server) is { } holder)
            {
                return Finding(FindingSeverity.Medium, name, holder, other, "differs by one letter from");
            }
        }

        return null;
    }

    private static void Put(Dictionary<int, List<string>> names, int key, string name) =>
        (CollectionsMarshal.GetValueRefOrAddDefault(names, key, out _) ??= new List<string>(1)).Add(name);

    private static TrustFinding Finding(FindingSeverity severity, string name, string server, string other, string how) => new()
    {
        Code = "look-alike",
        Severity = severity,
        Path = "name",
        Reason = $"{how} '{VisibleText.Shorten(other, 100)}' of the server '{VisibleText.Shorten(server, 100)}'",
        Excerpt = VisibleText.Shorten(name, 100),
    };

    // One change leaves one half as it is, of a name as long as the one that is looked for.
    private static int Start(string name, int length) => HashCode.Combine(length, '<', string.GetHashCode(name.AsSpan(0, length / 2)));

    private static int End(string name, int length) => HashCode.Combine(length, '>', string.GetHashCode(name.AsSpan(name.Length - (length / 2))));

    private static bool IsOneAway(string one, string other)
    {
        if (one == other || Math.Abs(one.Length - other.Length) > 1)
        {
            return false;
        }

        int prefix = one.AsSpan().CommonPrefixLength(other);
        ReadOnlySpan<char> a = one.AsSpan(prefix);
        ReadOnlySpan<char> b = other.AsSpan(prefix);
        return a.Length == b.Length ? a[1..].SequenceEqual(b[1..])
            : a.Length > b.Length ? a[1..].SequenceEqual(b)
            : b[1..].SequenceEqual(a);
    }

    private static bool IsPlural(string one, string other)
    {
        (string shorter, string longer) = one.Length < other.Length ? (one, other) : (other, one);
        int prefix = shorter.AsSpan().CommonPrefixLength(longer);
        bool isNumber = one.Length == other.Length && char.IsAsciiDigit(one[prefix]) && char.IsAsciiDigit(other[prefix]);
        return isNumber || (longer.Length > shorter.Length && (longer[prefix] is 's' || char.IsAsciiDigit(longer[prefix])));
    }

    // Two are enough to name one that is not the asker.
    private readonly record struct Holders(string? First, string? Second)
    {
        public Holders With(string server) => First is null ? new Holders(server, null)
            : Second is null && First != server ? new Holders(First, server)
            : this;

        public string? OtherThan(string server) => First != server ? First : Second;
    }
}
