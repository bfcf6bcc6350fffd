using System.Text;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>Names that can be taken for those of other servers' tools.</summary>
internal sealed class LookAlikes
{
    // Short names are near one another by chance, and so are a word and its plural.
    private const int LongName = 10;
    private const int Half = LongName / 2;

    private readonly Dictionary<string, (string Server, string Name)> _skeletons = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(string Server, string Name)>> _halves = new(StringComparer.Ordinal);

    /// <summary>Knows a name of a server.</summary>
    public void Add(string server, string name)
    {
        _skeletons.TryAdd(PlainText.Skeleton(name), (server, name));
        foreach (string half in HalvesOf(name, 0))
        {
            (_halves.TryGetValue(half, out List<(string Server, string Name)>? same) ? same : _halves[half] = []).Add((server, name));
        }
    }

    /// <summary>What a name of a server looks like at another one; null for nothing.</summary>
    public TrustFinding? Find(string server, string name)
    {
        if (_skeletons.TryGetValue(PlainText.Skeleton(name), out (string Server, string Name) same) && same.Server != server && !string.Equals(same.Name, name, StringComparison.OrdinalIgnoreCase))
        {
            // Of two that look alike, the one in foreign letters is the copy.
            return Finding(Ascii.IsValid(name) ? FindingSeverity.Medium : FindingSeverity.High, name, same, "reads like");
        }

        foreach (string half in HalvesOf(name, 1))
        {
            foreach ((string Server, string Name) other in _halves.GetValueOrDefault(half, []))
            {
                if (other.Server != server && IsOneAway(name, other.Name) && !IsPlural(name, other.Name))
                {
                    return Finding(FindingSeverity.Medium, name, other, "differs by one letter from");
                }
            }
        }

        return null;
    }

    private static TrustFinding Finding(FindingSeverity severity, string name, (string Server, string Name) other, string how) => new()
    {
        Code = "look-alike",
        Severity = severity,
        Path = "name",
        Reason = $"{how} '{VisibleText.Shorten(other.Name, 100)}' of the server '{VisibleText.Shorten(other.Server, 100)}'",
        Excerpt = VisibleText.Shorten(name, 100),
    };

    // One change leaves one of the two ends as it is.
    private static IEnumerable<string> HalvesOf(string name, int lengths)
    {
        for (int length = name.Length - lengths; name.Length >= LongName && length <= name.Length + lengths; length++)
        {
            yield return $"{length}<{name[..Half]}";
            yield return $"{length}>{name[^Half..]}";
        }
    }

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
}
