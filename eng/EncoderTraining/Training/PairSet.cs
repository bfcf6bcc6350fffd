using EncoderTraining.Corpus;

namespace EncoderTraining.Training;

/// <summary>All pairs as word ids, by source and in group order.</summary>
internal sealed class PairSet
{
    private readonly List<(int[] Query, int[] Document, int Label, int Text)> _pairs = [];
    private readonly List<(string Name, double Weight, int Start, int Count)> _sources = [];

    /// <summary>Reads the sources; the groups of each are shuffled, and the pairs within each, so that neighbours share a group.</summary>
    public PairSet(IEnumerable<IPairSource> sources, string root, Vocabulary words, TrainingOptions options, TextWriter log)
    {
        Random random = new(options.Seed);
        Dictionary<string, int> labels = new(StringComparer.Ordinal);
        Dictionary<string, int> texts = new(StringComparer.Ordinal);
        foreach (IPairSource source in sources)
        {
            int start = _pairs.Count;
            HashSet<(string, string)> seen = [];
            TrainingPair[] pairs = [.. source.Read(root)
                .Where(pair => pair.Query.Length > 0 && pair.Document.Length > 0 && seen.Add((pair.Query, pair.Document)))];
            TrainingPair[][] groups = [.. pairs.GroupBy(pair => pair.Group, StringComparer.Ordinal).Select(group => group.ToArray())];
            random.Shuffle(groups);
            foreach (TrainingPair[] group in groups)
            {
                random.Shuffle(group);
                foreach (TrainingPair pair in group)
                {
                    int[] query = words.Read(pair.Query, options.MaxTextWords);
                    int[] document = words.Read(pair.Document, options.MaxTextWords);
                    if (query.Length > 0 && document.Length > 0)
                    {
                        int label = pair.Label is null ? -1 : IdOf(labels, pair.Label);
                        _pairs.Add((query, document, label, IdOf(texts, pair.Document)));
                    }
                }
            }

            _sources.Add((source.Name, source.Weight, start, _pairs.Count - start));
            IEnumerable<string> parts = pairs.GroupBy(pair => pair.Group.Split('/')[0], StringComparer.Ordinal).Select(part => $"{part.Key} {part.Count()}");
            log.WriteLine($"{source.Name,-12} {groups.Length,7} groups {_pairs.Count - start,9} pairs, weight {source.Weight}");
            log.WriteLine($"             {string.Join(", ", parts)}");
        }

        log.WriteLine($"{"all",-12} {"",7}        {_pairs.Count,9} pairs, {words.Count} words");
    }

    public (int[] Query, int[] Document, int Label, int Text) this[int index] => _pairs[index];

    /// <summary>Indexes of one batch: runs of neighbours from sources drawn by weight.</summary>
    public int[] Draw(Random random, int count, int run)
    {
        (string Name, double Weight, int Start, int Count)[] filled = [.. _sources.Where(source => source.Count > 0)];
        double total = filled.Sum(source => source.Weight);
        HashSet<int> chosen = [];
        List<int> result = [];
        while (result.Count < count)
        {
            double at = random.NextDouble() * total;
            int index = 0;
            while (index < filled.Length - 1 && at >= filled[index].Weight)
            {
                at -= filled[index++].Weight;
            }

            int first = random.Next(filled[index].Count);
            int length = random.Next(2) == 0 ? 1 : run;
            for (int i = 0; i < length && result.Count < count; i++)
            {
                int pair = filled[index].Start + ((first + i) % filled[index].Count);
                if (chosen.Add(pair))
                {
                    result.Add(pair);
                }
            }
        }

        return [.. result];
    }

    private static int IdOf(Dictionary<string, int> ids, string text)
    {
        if (!ids.TryGetValue(text, out int id))
        {
            id = ids.Count;
            ids.Add(text, id);
        }

        return id;
    }
}
