using System.Text.RegularExpressions;

namespace EncoderTraining.Corpus.Sources;

/// <summary>People's paraphrases of commands to apps and devices, with the functions they call.</summary>
internal sealed partial class ThingpediaSource : IPairSource
{
    private const int PerProgram = 12;

    public string Name => "thingpedia";

    public double Weight => 1;

    public IEnumerable<TrainingPair> Read(string root)
    {
        IEnumerable<(string Functions, string Utterance)> rows = SourceFiles.Below(root, "stanford-oval+thingpedia-common-devices", "paraphrase.tsv")
            .SelectMany(File.ReadLines)
            .Select(line => line.Split('\t'))
            .Where(cells => cells.Length == 4)
            .Select(cells => (Functions(cells[3]), Placeholder().Replace(cells[2], "#")))
            .Where(row => row.Item1.Length > 0);
        return IntentPairs.Of("thingpedia", rows, functions => functions.Split(' ')[0], PerProgram * 10);
    }

    private static string Functions(string program) =>
        string.Join(' ', Function().Matches(program).Select(match => $"{match.Groups[1].Value.Split('.')[^1]} {match.Groups[2].Value}")
            .Where(name => !name.StartsWith("transaction", StringComparison.Ordinal)).Distinct());

    [GeneratedRegex(@"@([\w.-]+) \. (\w+)")]
    private static partial Regex Function();

    [GeneratedRegex(@"\b[A-Z_]{4,}_\d+\b")]
    private static partial Regex Placeholder();
}
