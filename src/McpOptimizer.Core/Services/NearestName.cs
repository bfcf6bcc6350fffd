namespace McpOptimizer.Core.Services;

/// <summary>Helps a caller who mistyped a name.</summary>
internal static class NearestName
{
    private const int MostNamesCompared = 20_000;

    /// <summary><c> Did you mean 'x'?</c>, or the known names when none is near, or nothing when there are none.</summary>
    public static string Hint(string wrong, IEnumerable<string> known)
    {
        string[] names = [.. known.Take(MostNamesCompared)];
        if (names.Length == 0)
        {
            return " None is known.";
        }

        (string name, int distance) = names.Select(name => (name, Distance(wrong, name))).MinBy(pair => pair.Item2);
        return distance <= Math.Max(2, wrong.Length / 3)
            ? $" Did you mean '{name}'?"
            : names.Length <= 20 ? $" Known: {string.Join(", ", names.Order(StringComparer.Ordinal))}." : "";
    }

    // Levenshtein, one row at a time.
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 20 || Math.Max(a.Length, b.Length) > 200)
        {
            return int.MaxValue;
        }

        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substitute = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substitute, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
