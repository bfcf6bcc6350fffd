using EncoderTraining.Corpus;

namespace EncoderTraining.Training;

/// <summary>All pairs as word ids, by source and in group order.</summary>
internal sealed class PairSet
{
    private readonly List<WordPair> _pairs = [];
    private readonly List<(string Name, double Weight, int Start, int Count)> _sources = [];
    private readonly List<string> _texts = [];
    private readonly int _run;
    private readonly double _taughtShare;

    // Of each source, how many runs of neighbours the teacher has read; they lie evenly among all.
    private int[] _taughtRuns = [];

    /// <summary>Reads the sources; the groups of each are shuffled, and the pairs within each, so that neighbours share a group.</summary>
    public PairSet(IEnumerable<IPairSource> sources, string root, Vocabulary words, TrainingOptions options, TextWriter log)
    {
        _run = options.Run;
        _taughtShare = options.TaughtShare;
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
                        _pairs.Add(new WordPair(query, document, label, TextOf(texts, pair.Query), TextOf(texts, pair.Document)));
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

    public WordPair this[int index] => _pairs[index];

    /// <summary>Chooses the pairs that the teacher reads, by the weight of their sources, and lets it read them.</summary>
    public void Teach(Teacher teacher, TrainingOptions options, TextWriter log)
    {
        double total = _sources.Where(source => source.Count > 0).Sum(source => source.Weight);
        _taughtRuns = [.. _sources.Select(source => (int)Math.Min(source.Count, options.TaughtPairs * source.Weight / total) / _run)];
        int[] texts = [.. _sources.Index()
            .SelectMany(source => Enumerable.Range(0, _taughtRuns[source.Index]).Select(run => source.Item.Start + TaughtAt(source.Index, run)))
            .SelectMany(first => Enumerable.Range(first, _run)).SelectMany(pair => (int[])[_pairs[pair].QueryText, _pairs[pair].DocumentText]).Distinct()];
        teacher.Read(_texts, texts, log);
    }

    /// <summary>Indexes of one batch: runs of neighbours from sources drawn by weight.</summary>
    public int[] Draw(Random random, int count)
    {
        int[] filled = [.. Enumerable.Range(0, _sources.Count).Where(source => _sources[source].Count > 0)];
        double total = filled.Sum(source => _sources[source].Weight);
        HashSet<int> chosen = [];
        List<int> result = [];
        while (result.Count < count)
        {
            double at = random.NextDouble() * total;
            int index = 0;
            while (index < filled.Length - 1 && at >= _sources[filled[index]].Weight)
            {
                at -= _sources[filled[index++]].Weight;
            }

            (_, _, int start, int size) = _sources[filled[index]];
            int taught = _taughtRuns.Length == 0 ? 0 : _taughtRuns[filled[index]];
            int first = taught > 0 && random.NextDouble() < _taughtShare ? TaughtAt(filled[index], random.Next(taught)) : random.Next(size);
            int length = random.Next(2) == 0 ? 1 : _run;
            for (int i = 0; i < length && result.Count < count; i++)
            {
                int pair = start + ((first + i) % size);
                if (chosen.Add(pair))
                {
                    result.Add(pair);
                }
            }
        }

        return [.. result];
    }

    private int TaughtAt(int source, int run) => (int)((long)run * (_sources[source].Count - _run) / _taughtRuns[source]);

    private int TextOf(Dictionary<string, int> ids, string text)
    {
        int id = IdOf(ids, text);
        if (id == _texts.Count)
        {
            _texts.Add(text);
        }

        return id;
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
