namespace ToolHive.Client.Services;

/// <summary>Finds what a mistyped name may have meant.</summary>
internal static class NearestName
{
    /// <summary>The nearest candidate, if it differs in no more than a third of its letters.</summary>
    public static string? Find(string name, IEnumerable<string> candidates)
    {
        (string Name, int Distance)? best = null;
        foreach (string candidate in candidates)
        {
            int distance = candidate.Contains(name, StringComparison.OrdinalIgnoreCase) ? 1 : Distance(name, candidate);
            if (best is null || distance < best.Value.Distance)
            {
                best = (candidate, distance);
            }
        }

        return best is { } found && found.Distance <= Math.Max(1, found.Name.Length / 3) ? found.Name : null;
    }

    private static int Distance(string a, string b)
    {
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int[] current = new int[b.Length + 1];
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                current[j] = Math.Min(Math.Min(current[j - 1], previous[j]) + 1, previous[j - 1] + cost);
            }

            previous = current;
        }

        return previous[b.Length];
    }
}
