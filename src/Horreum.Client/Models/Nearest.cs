namespace Horreum.Client.Models;

/// <summary>Finds the word that somebody probably meant.</summary>
public static class Nearest
{
    private const int LongestWord = 64;

    /// <summary>The candidate with the fewest letters to change, if these are few enough for a slip; null otherwise.</summary>
    public static string? Find(string word, IEnumerable<string> candidates)
    {
        ArgumentNullException.ThrowIfNull(word);
        ArgumentNullException.ThrowIfNull(candidates);
        if (word.Length is 0 or > LongestWord)
        {
            return null;
        }

        string plain = Simplify(word);
        (string? best, int distance) = (null, int.MaxValue);
        foreach (string candidate in candidates.Where(candidate => candidate.Length <= LongestWord))
        {
            int changes = Distance(plain, Simplify(candidate));
            if (changes < distance)
            {
                (best, distance) = (candidate, changes);
            }
        }

        return distance <= Math.Max(1, plain.Length / 3) ? best : null;
    }

    private static string Simplify(string word) => word.Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal).ToLowerInvariant();

    private static int Distance(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int change = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(change, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
