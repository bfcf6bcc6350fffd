using System.Text.RegularExpressions;

namespace EncoderTraining.Corpus.Sources;

/// <summary>
/// Our own lexicon: what a tool is called and does, and what people say when they want it. "name: description" and, indented, phrases between bars; a "syn:" line holds
/// words of one meaning. {kind} is filled from Lexicon/values.txt, so that values do not decide.
/// </summary>
internal sealed partial class LexiconSource : IPairSource
{
    private const int Fillings = 2;

    public string Name => "lexicon";

    public double Weight => 6;

    public IEnumerable<TrainingPair> Read(string root)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Lexicon");
        Dictionary<string, string[]> values = File.ReadLines(Path.Combine(folder, "values.txt")).Select(line => line.Split(':', 2))
            .Where(parts => parts.Length == 2).ToDictionary(parts => parts[0], parts => parts[1].Split('|', StringSplitOptions.TrimEntries));
        foreach (string file in SourceFiles.Below(folder, "", "*.txt").Where(file => Path.GetFileName(file) != "values.txt"))
        {
            string group = "lexicon/" + Path.GetFileNameWithoutExtension(file);
            foreach (TrainingPair pair in Pairs(File.ReadAllLines(file), group, values))
            {
                yield return pair;
            }
        }
    }

    private static IEnumerable<TrainingPair> Pairs(string[] lines, string file, Dictionary<string, string[]> values)
    {
        string name = "";
        string about = "";
        string group = file;
        foreach (string line in lines)
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                group = $"{file}/{line[2..].Trim()}";
            }
            else if (line.StartsWith("syn:", StringComparison.Ordinal))
            {
                string[] words = line[4..].Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                foreach (TrainingPair pair in Synonyms(words, file))
                {
                    yield return pair;
                }
            }
            else if (line.StartsWith(' '))
            {
                string label = $"{group}/{name}";
                string[] phrases = line.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                for (int i = 0; i < phrases.Length; i++)
                {
                    foreach (TrainingPair pair in Phrase(phrases, i, name, about, group, label, values))
                    {
                        yield return pair;
                    }
                }
            }
            else if (line.Split(':', 2) is [{ Length: > 0 } head, { Length: > 0 } tail])
            {
                name = head.Trim();
                about = tail.Trim();
                yield return new TrainingPair(name, about, group, $"{group}/{name}");
            }
        }
    }

    private static IEnumerable<TrainingPair> Phrase(
        string[] phrases, int at, string name, string about, string group, string label, Dictionary<string, string[]> values)
    {
        Random random = new(IntentPairs.Stable(label + phrases[at]));
        for (int i = 0; i < Fillings; i++)
        {
            string phrase = Fill(phrases[at], values, random);
            yield return new TrainingPair(phrase, $"{name} {about}", group, label);
            if (phrases.Length > 1)
            {
                yield return new TrainingPair(phrase, Fill(phrases[(at + 1 + random.Next(phrases.Length - 1)) % phrases.Length], values, random), group, label);
            }

            if (phrase == phrases[at])
            {
                break;
            }
        }

        yield return new TrainingPair(Fill(phrases[at], values, random), about, group, label);
    }

    private static IEnumerable<TrainingPair> Synonyms(string[] words, string file)
    {
        string label = file + "/" + words[0];
        for (int i = 0; i < words.Length; i++)
        {
            for (int j = i + 1; j < Math.Min(words.Length, i + 4); j++)
            {
                yield return new TrainingPair(words[i], words[j], file, label);
            }
        }
    }

    private static string Fill(string phrase, Dictionary<string, string[]> values, Random random) =>
        Slot().Replace(phrase, match => values.TryGetValue(match.Groups[1].Value, out string[]? choices) ? choices[random.Next(choices.Length)] : match.Groups[1].Value);

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Slot();
}
