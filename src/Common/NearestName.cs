namespace Common;

/// <summary>Helps a caller who mistyped a name.</summary>
internal static class NearestName
{
    private const int MostCandidates = 20_000;
    private const int LongestName = 200;
    private const int MostListed = 20;

    /// <summary>The candidate with the fewest letters to change when these are few enough for a slip; null otherwise. Case, hyphens and underscores do not count.</summary>
    public static string? Find(string wrong, IEnumerable<string> candidates)
    {
        string plain = Simplify(wrong);
        if (plain.Length is 0 or > LongestName)
        {
            return null;
        }

        int limit = plain.Length < 3 ? 1 : Math.Max(2, (plain.Length + 2) / 3);
        (string? best, int fewest) = (null, limit + 1);
        foreach (string candidate in candidates.Take(MostCandidates))
        {
            string other = Simplify(candidate);
            int distance = other.Contains(plain, StringComparison.Ordinal) ? Math.Min(1, other.Length - plain.Length) : Distance(plain, other, fewest);
            if (distance < fewest)
            {
                (best, fewest) = (candidate, distance);
            }
        }

        return best;
    }

    /// <summary><c> Did you mean 'x'?</c>, or the known names when none is near and they are few, or nothing.</summary>
    public static string Hint(string wrong, IEnumerable<string> known)
    {
        string[] names = [.. known.Take(MostCandidates)];
        if (names.Length == 0)
        {
            return " None is known.";
        }

        return Find(wrong, names) is { } near
            ? $" Did you mean '{VisibleText.Shorten(near)}'?"
            : names.Length <= MostListed ? $" Known: {string.Join(", ", names.Order(StringComparer.Ordinal).Select(name => VisibleText.Shorten(name)))}." : "";
    }

    private static string Simplify(string name) => name.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    // Levenshtein, one row at a time; `enough` as soon as it cannot become less.
    private static int Distance(string a, string b, int enough)
    {
        if (Math.Abs(a.Length - b.Length) >= enough || b.Length > LongestName)
        {
            return enough;
        }

        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            int least = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitute = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitute, Math.Min(row[j], row[j - 1]) + 1);
                least = Math.Min(least, row[j]);
            }

            if (least >= enough)
            {
                return enough;
            }
        }

        return row[b.Length];
    }
}
