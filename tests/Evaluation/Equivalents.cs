namespace Evaluation;

/// <summary>
/// Tools of other sets that do what a tool of this set does, or what one request asks for, judged by hand: which of the two is found is no matter to the one
/// who asks. Names and reasons only.
/// </summary>
public sealed class Equivalents
{
    // By the id of a tool, or of a request.
    private readonly ILookup<string, string> _equivalents;

    private Equivalents(ILookup<string, string> equivalents) => _equivalents = equivalents;

    /// <summary>Reads lines of a tool's or a request's id, a tab, the id of a tool that does the same, a tab and the reason. Lines that begin with # are remarks.</summary>
    /// <exception cref="FormatException">A line has other parts.</exception>
    public static Equivalents Load(string file)
    {
        List<(string Tool, string Other)> pairs = [];
        foreach ((int number, string line) in File.ReadLines(file).Index())
        {
            string[] parts = line.Split('\t');
            if (line.Length > 0 && line[0] != '#')
            {
                pairs.Add(parts.Length == 3 ? (parts[0], parts[1]) : throw new FormatException($"{file}, line {number + 1}: not ID, tab, ID, tab, reason."));
            }
        }

        return new Equivalents(pairs.ToLookup(pair => pair.Tool, pair => pair.Other));
    }

    /// <summary>The answer in which the first equivalent of a wanted tool stands for it.</summary>
    public Answer Apply(Answer answer)
    {
        List<string> found = [.. answer.Found];
        foreach (string wanted in answer.Query.Relevant)
        {
            int at = found.FindIndex(id => id == wanted || _equivalents[wanted].Concat(_equivalents[answer.Query.Id]).Contains(WithoutPrefix(id)));
            if (at >= 0 && found[at] != wanted)
            {
                found.Remove(wanted);
                found[at] = wanted;
            }
        }

        return answer with { Found = found };
    }

    // Tools that were added as distractors are named "other0-…".
    private static string WithoutPrefix(string id) => id.StartsWith("other", StringComparison.Ordinal) ? id[(id.IndexOf('-', StringComparison.Ordinal) + 1)..] : id;
}
