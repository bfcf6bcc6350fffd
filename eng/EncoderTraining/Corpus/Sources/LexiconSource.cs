using System.Text.RegularExpressions;

namespace EncoderTraining.Corpus.Sources;

/// <summary>
/// Our own lexicon: what a tool is called and does, and what people say when they want it. "name: description" and, indented, phrases between
/// bars; a "syn:" line holds words of one meaning, a "rel:" line words of one subject. {kind} is filled from Lexicon/values.txt, so that values do not decide.
/// </summary>
internal sealed partial class LexiconSource(LexiconPart part) : IPairSource
{
    private const int Others = 3;
    private static readonly string[] Articles = ["the", "a", "my", "this", "our", "that old", "all", "some", "one"];

    private Dictionary<string, string[]> _values = [];
    private string[] _prefixes = [];
    private string[] _suffixes = [];

    public string Name => "our " + part.ToString().ToLowerInvariant();

    public double Weight => part switch { LexiconPart.Phrases => 5.5, LexiconPart.Words => 2, _ => 1 };

    public IEnumerable<TrainingPair> Read(string root)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Lexicon");
        _values = Table(folder, "values.txt");
        Dictionary<string, string[]> phrases = Table(folder, "phrases.txt");
        (_prefixes, _suffixes) = (phrases["prefix"], phrases["suffix"]);
        if (part == LexiconPart.Actions)
        {
            foreach (TrainingPair pair in Actions(File.ReadAllLines(Path.Combine(folder, "crud.txt"))))
            {
                yield return pair;
            }

            yield break;
        }

        foreach (string file in SourceFiles.Below(folder, "", "*.txt")
            .Where(file => Path.GetFileName(file) is not ("values.txt" or "phrases.txt" or "crud.txt")))
        {
            string group = "lexicon/" + Path.GetFileNameWithoutExtension(file);
            foreach (TrainingPair pair in Pairs(File.ReadAllLines(file), group))
            {
                yield return pair;
            }
        }
    }

    private static Dictionary<string, string[]> Table(string folder, string name) =>
        File.ReadLines(Path.Combine(folder, name)).Select(line => line.Split(':', 2)).Where(parts => parts.Length == 2)
            .ToDictionary(parts => parts[0], parts => parts[1].Split('|', StringSplitOptions.TrimEntries));

    /// <summary>A tool as the product describes it to the encoder.</summary>
    private static string Tool(string server, string name, string about) =>
        server.Length == 0 ? $"Tool: {name} | Description: {about}" : $"Server: {server} | Tool: {name} | Description: {about}";

    private IEnumerable<TrainingPair> Pairs(string[] lines, string file)
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
            else if ((line.Split(':')[0] is "syn" or "rel") != (part == LexiconPart.Words))
            {
                continue;
            }
            else if (line.StartsWith("syn:", StringComparison.Ordinal))
            {
                string[] words = line[4..].Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                foreach (TrainingPair pair in Synonyms(words, file))
                {
                    yield return pair;
                }
            }
            else if (line.StartsWith("rel:", StringComparison.Ordinal))
            {
                foreach (TrainingPair pair in Related(line[4..].Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries), file))
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
                    foreach (TrainingPair pair in Phrase(phrases, i, name, about, group, label))
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

    private IEnumerable<TrainingPair> Phrase(string[] phrases, int at, string name, string about, string group, string label)
    {
        Random random = new(IntentPairs.Stable(label + phrases[at]));
        string domain = group.Split('/')[^1];
        yield return new TrainingPair(Fill(phrases[at], random), $"{name} {about}", group, label);
        yield return new TrainingPair(Fill(phrases[at], random), Tool(domain, name, about), group, label);
        yield return new TrainingPair(Fill(phrases[at], random), Tool("", name, about), group, label);
        yield return new TrainingPair(Fill(phrases[at], random), about, group, label);
        for (int i = 0; i < Math.Min(Others, phrases.Length - 1); i++)
        {
            string other = phrases[(at + 1 + random.Next(phrases.Length - 1)) % phrases.Length];
            yield return new TrainingPair(Fill(phrases[at], random), Fill(other, random), group, label);
        }
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

    /// <summary>Words of one subject: each beside a handful of the others.</summary>
    private static IEnumerable<TrainingPair> Related(string[] words, string file)
    {
        string label = file + "/rel/" + words[0];
        for (int i = 0; i < words.Length; i++)
        {
            Random random = new(IntentPairs.Stable(label + words[i]));
            for (int n = 0; n < 4; n++)
            {
                string[] others = [.. words.Where(word => word != words[i]).OrderBy(_ => random.Next()).Take(1 + (2 * n % 4))];
                yield return new TrainingPair(words[i], string.Join(' ', others), file, label);
            }
        }
    }

    /// <summary>Every thing with every action: "get rid of the old ticket" and delete_issue.</summary>
    private static IEnumerable<TrainingPair> Actions(string[] lines)
    {
        string[][] verbs = [.. lines.Where(line => line.StartsWith("verb ", StringComparison.Ordinal)).Select(line => line[5..].Split(':', 2))];
        string[][] nouns = [.. lines.Where(line => line.StartsWith("noun ", StringComparison.Ordinal)).Select(line => line[5..].Split(':', 2))];
        foreach (string[] noun in nouns)
        {
            string thing = noun[0].Replace('_', ' ');
            string[] things = [thing, .. noun[1].Split('|', StringSplitOptions.TrimEntries), .. noun[1].Split('|', StringSplitOptions.TrimEntries)];
            foreach (string[] verb in verbs)
            {
                string name = verb[0].Split(' ')[0];
                string about = verb[0][(name.Length + 1)..];
                string[] ways = verb[1].Split('|', StringSplitOptions.TrimEntries);
                string label = $"crud/{noun[0]}/{name}";
                Random random = new(IntentPairs.Stable(label));
                for (int i = 0; i < 4; i++)
                {
                    string query = $"{ways[random.Next(ways.Length)]} {Articles[random.Next(Articles.Length)]} {things[random.Next(things.Length)]}";
                    string document = i % 2 == 0 ? Tool("", $"{name}_{noun[0]}", $"{about} a {thing}.") : $"{about} {thing}s";
                    yield return new TrainingPair(query, document, "crud/" + (i % 2 == 0 ? noun[0] : name), label);
                }
            }
        }
    }

    private string Fill(string phrase, Random random)
    {
        string filled = Slot().Replace(phrase, match => _values.TryGetValue(match.Groups[1].Value, out string[]? choices)
            ? choices[random.Next(choices.Length)]
            : match.Groups[1].Value);
        if (random.Next(4) == 0)
        {
            filled = $"{_prefixes[random.Next(_prefixes.Length)]} {filled}";
        }

        return random.Next(6) == 0 ? $"{filled} {_suffixes[random.Next(_suffixes.Length)]}" : filled;
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Slot();
}
