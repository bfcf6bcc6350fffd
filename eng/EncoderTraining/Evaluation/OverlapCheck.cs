using System.Text.Json;
using System.Text.RegularExpressions;

namespace EncoderTraining.Evaluation;

/// <summary>
/// Finds what our lexicon lets people say in the very words of a test query: four words in a row, one of them at least no filler.
/// Such phrases must not be trained on.
/// </summary>
internal static partial class OverlapCheck
{
    private const int Row = 4;

    private static readonly HashSet<string> Fillers = [.. ("a an the i me my we us our you your he she it its they them this that these those what which who whom whose when where why how "
        + "is are was were be been am do does did done have has had having can could will would should may might must shall to of in on at by for with from into about as and or but not no if "
        + "then so than too very just up out off over under again there here all any some one two new get got give make want need like know let tell show find see use many much more most few "
        + "own same").Split(' ')];

    /// <summary>Prints each such phrase.</summary>
    /// <returns>How many there are.</returns>
    public static int Print(IEnumerable<string> sets, TextWriter output)
    {
        HashSet<string> asked = [];
        foreach (string line in sets.SelectMany(set => File.ReadLines(Path.Combine(set, "queries.jsonl"))))
        {
            using JsonDocument query = JsonDocument.Parse(line);
            asked.UnionWith(Rows(query.RootElement.GetProperty("query").GetString()!));
        }

        int found = 0;
        foreach (string file in Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Lexicon"), "*.txt").Order(StringComparer.Ordinal))
        {
            foreach (string phrase in File.ReadLines(file).Where(IsPhrases).SelectMany(line => line.Split('|', StringSplitOptions.TrimEntries)))
            {
                if (Rows(phrase).FirstOrDefault(asked.Contains) is { } shared)
                {
                    output.WriteLine($"{Path.GetFileName(file)}: \"{phrase}\" shares \"{shared}\"");
                    found++;
                }
            }
        }

        output.WriteLine($"{found} phrases share {Row} words in a row with one of the queries");
        return found;
    }

    private static bool IsPhrases(string line) => line.StartsWith(' ') || line.StartsWith("syn:", StringComparison.Ordinal) || line.StartsWith("rel:", StringComparison.Ordinal);

    private static IEnumerable<string> Rows(string text)
    {
        string[] words = [.. Word().Matches(text.ToLowerInvariant()).Select(match => match.Value)];
        return Enumerable.Range(0, Math.Max(0, words.Length - Row + 1)).Select(at => words[at..(at + Row)]).Where(row => row.Any(word => !Fillers.Contains(word))).Select(row => string.Join(' ', row));
    }

    [GeneratedRegex("[a-z0-9']+")]
    private static partial Regex Word();
}
