using Fleet.Metadata.Models;

namespace Fleet.Metadata.Services;

/// <summary>Helps who asked for a key that is not there.</summary>
public static class MetadataKeys
{
    private const int MaxListed = 60;
    private const int MaxCompared = 64;

    /// <summary>A sentence with the key, the nearest one there is, and all there are (60 at most).</summary>
    /// <param name="key">The key that was asked for.</param>
    /// <param name="answer">What there is.</param>
    public static string ExplainMissing(string key, MetadataResponse answer)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(answer);
        string asked = MetadataText.Clean(key.Length > MaxCompared ? key[..MaxCompared] : key);
        string? nearest = answer.Data.Keys.Where(other => other.Length <= MaxCompared).MinBy(other => Distance(asked, other));
        bool isNear = nearest is not null && Distance(asked, nearest) <= nearest.Length / 3;
        string hint = isNear ? $" Did you mean '{nearest}'?" : "";
        return $"There is no metadata '{asked}' at present.{hint} There is: {string.Join(", ", answer.Data.Keys.Take(MaxListed))}.";
    }

    // Letters to insert, remove or replace, in any case.
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[b.Length];
    }
}
