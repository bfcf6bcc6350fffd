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
        string hint = NearestName.Find(key, answer.Data.Keys) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        string listed = string.Join(", ", answer.Data.Keys.Take(MaxListed));
        return $"There is no metadata '{VisibleText.Shorten(key, MaxCompared)}' at present.{hint} There is: {listed}.";
    }
}
