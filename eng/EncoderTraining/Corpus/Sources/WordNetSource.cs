using System.Globalization;
using System.Text.RegularExpressions;

namespace EncoderTraining.Corpus.Sources;

/// <summary>WordNet 3.0: lemma and gloss, synonyms, examples, more general words.</summary>
internal sealed partial class WordNetSource : IPairSource
{
    public string Name => "wordnet";

    public double Weight => 1.5;

    public IEnumerable<TrainingPair> Read(string root)
    {
        Dictionary<string, Synset> synsets = [];
        foreach (string part in (string[])["noun", "verb", "adj", "adv"])
        {
            string file = Path.Combine(root, "wordnet", "data." + part);
            if (!File.Exists(file))
            {
                continue;
            }

            foreach (string line in File.ReadLines(file, System.Text.Encoding.Latin1))
            {
                if (!line.StartsWith("  ", StringComparison.Ordinal))
                {
                    Synset synset = Parse(line, part);
                    synsets[synset.Key] = synset;
                }
            }
        }

        foreach (Synset synset in synsets.Values)
        {
            foreach (TrainingPair pair in Pairs(synset, synsets))
            {
                yield return pair;
            }
        }
    }

    private static IEnumerable<TrainingPair> Pairs(Synset synset, Dictionary<string, Synset> all)
    {
        string group = synset.Lexicographer;
        string label = synset.Key;
        bool proper = synset.Part == "noun" && char.IsUpper(synset.Lemmas[0][0]);
        if (proper && IntentPairs.Stable(synset.Key) % 8 != 0)
        {
            yield break;
        }

        foreach (string lemma in synset.Lemmas.Take(4))
        {
            yield return new TrainingPair(lemma, synset.Gloss, group, label);
        }

        for (int i = 1; i < Math.Min(4, synset.Lemmas.Length); i++)
        {
            yield return new TrainingPair(synset.Lemmas[i], synset.Lemmas[i - 1], group, label);
        }

        foreach (string example in synset.Examples)
        {
            yield return new TrainingPair(example, string.Join(' ', synset.Lemmas), group, label);
        }

        foreach (string pointer in synset.Broader)
        {
            if (!proper && all.TryGetValue(pointer, out Synset? other))
            {
                yield return new TrainingPair(synset.Lemmas[0] + ": " + synset.Gloss, other.Lemmas[0] + ": " + other.Gloss, group, label);
            }
        }
    }

    private static Synset Parse(string line, string part)
    {
        int bar = line.IndexOf('|', StringComparison.Ordinal);
        string[] fields = line[..bar].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        int words = int.Parse(fields[3], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        string[] lemmas = [.. Enumerable.Range(0, words).Select(i => fields[4 + (2 * i)].Split('(')[0].Replace('_', ' '))];
        int at = 4 + (2 * words);
        int pointers = int.Parse(fields[at], CultureInfo.InvariantCulture);
        List<string> broader = [];
        for (int i = 0; i < pointers; i++)
        {
            if (fields[at + 1 + (4 * i)] is "@" or "+" or "&" or "*" or "$")
            {
                broader.Add(PartOf(fields[at + 3 + (4 * i)]) + fields[at + 2 + (4 * i)]);
            }
        }

        string[] gloss = Example().Split(line[(bar + 1)..].Trim());
        return new Synset(
            part + fields[0],
            part,
            "wordnet/" + fields[1],
            lemmas,
            Parenthesis().Replace(gloss[0], "").Trim().Trim('"'),
            [.. gloss.Skip(1).Select(example => example.Trim().Trim('"', ';')).Where(example => example.Length > 8)],
            [.. broader.Distinct().Take(3)]);
    }

    private static string PartOf(string letter) => letter switch { "n" => "noun", "v" => "verb", "r" => "adv", _ => "adj" };

    [GeneratedRegex("""; *"|^"(?=.*")""")]
    private static partial Regex Example();

    [GeneratedRegex(@"\([^)]*\)")]
    private static partial Regex Parenthesis();

    private sealed record Synset(string Key, string Part, string Lexicographer, string[] Lemmas, string Gloss, string[] Examples, string[] Broader);
}
