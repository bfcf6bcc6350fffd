namespace EncoderTraining.Corpus;

/// <summary>Turns "these utterances have this intent" into pairs: with the intent's name, and with each other.</summary>
internal static class IntentPairs
{
    /// <summary>Each utterance once with the name and once with another utterance of the same intent.</summary>
    public static IEnumerable<TrainingPair> Of(
        string source, IEnumerable<(string Intent, string Utterance)> rows, Func<string, string> domain, int perIntent = 400)
    {
        foreach (IGrouping<string, string> intent in rows.GroupBy(row => row.Intent, row => row.Utterance.Trim(), StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            string label = $"{source}/{intent.Key}";
            string[] utterances = [.. intent.Where(u => u.Length > 3).Distinct(StringComparer.OrdinalIgnoreCase)];
            Random random = new(Stable(label));
            random.Shuffle(utterances);
            string name = intent.Key.Replace('_', ' ').Replace('/', ' ').Replace('-', ' ');
            int count = Math.Min(perIntent, utterances.Length);
            for (int i = 0; i < count; i++)
            {
                yield return new TrainingPair(utterances[i], name, $"{source}/{domain(intent.Key)}", label);
                if (utterances.Length > 1)
                {
                    yield return new TrainingPair(utterances[i], utterances[(i + 1) % utterances.Length], $"{source}/{domain(intent.Key)}", label);
                }
            }
        }
    }

    /// <summary>A number for a text that is the same in every run.</summary>
    public static int Stable(string text) => (int)(McpOptimizer.Core.Services.Embeddings.EncoderHash.Of(text) & 0x7fffffff);
}
