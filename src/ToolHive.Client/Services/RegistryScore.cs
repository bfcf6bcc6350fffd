using ToolHive.Client.Models.Registry;

namespace ToolHive.Client.Services;

/// <summary>How well a registry entry answers a search: words found, weighed by where they are found.</summary>
internal static class RegistryScore
{
    private const double NameWeight = 8;
    private const double TagWeight = 4;
    private const double ToolWeight = 3;
    private const double DescriptionWeight = 1;
    private const double DeprecatedFactor = 0.5;

    /// <summary>Zero when no word of the query occurs.</summary>
    public static double Of(RegistryServer server, string? query)
    {
        string[] words = Words(query ?? "");
        if (words.Length == 0)
        {
            return 1;
        }

        double score = words.Sum(word => Best(server, word));
        bool isDeprecated = string.Equals(server.Status, "deprecated", StringComparison.OrdinalIgnoreCase);
        return score / words.Length * (isDeprecated ? DeprecatedFactor : 1);
    }

    private static double Best(RegistryServer server, string word)
    {
        double best = Math.Max(
            NameWeight * Math.Max(Hit(server.Name, word), Hit(server.Title, word)),
            DescriptionWeight * Math.Max(Hit(server.Description, word), Hit(server.Overview, word) / 2));
        best = Math.Max(best, TagWeight * server.Tags.Select(tag => Hit(tag, word)).DefaultIfEmpty(0).Max());
        return Math.Max(best, ToolWeight * server.Tools.Select(tool => Hit(tool, word)).DefaultIfEmpty(0).Max());
    }

    // A whole word counts fully, the start of one half.
    private static double Hit(string? text, string word)
    {
        double best = 0;
        foreach (string part in Words(text ?? ""))
        {
            if (part == word)
            {
                return 1;
            }

            if (part.StartsWith(word, StringComparison.Ordinal))
            {
                best = 0.5;
            }
        }

        return best;
    }

    private static string[] Words(string text) =>
        new string([.. text.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
