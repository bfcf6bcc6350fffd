namespace EncoderTraining.Evaluation;

/// <summary>A plain lexical ranker, only to steer the training; the product's own ranking lives in the package.</summary>
internal sealed class Bm25
{
    private const double K1 = 1.2;
    private const double B = 0.75;
    private static readonly HashSet<string> StopWords =
    [
        .. ("a an the of to in on for and or is are be with by from at as it this that i me my you your we our us can could please would want need " +
        "how what which some any do does did if then than so into about there have has had will was were s t").Split(' '),
    ];

    private readonly Dictionary<string, List<(int Document, double Count)>> _postings = [];
    private readonly List<double> _lengths = [];
    private double _mean;

    public void Add(IEnumerable<(string Text, double Weight)> fields)
    {
        Dictionary<string, double> counts = [];
        foreach ((string text, double weight) in fields)
        {
            foreach (string word in Words(text))
            {
                counts[word] = counts.GetValueOrDefault(word) + weight;
            }
        }

        foreach ((string word, double count) in counts)
        {
            if (!_postings.TryGetValue(word, out List<(int, double)>? list))
            {
                _postings[word] = list = [];
            }

            list.Add((_lengths.Count, count));
        }

        _lengths.Add(counts.Values.Sum());
        _mean = 0;
    }

    public double[] Scores(string query)
    {
        _mean = _mean == 0 ? _lengths.Average() : _mean;
        double[] scores = new double[_lengths.Count];
        foreach (string word in Words(query).Distinct())
        {
            if (!_postings.TryGetValue(word, out List<(int Document, double Count)>? list))
            {
                continue;
            }

            double idf = Math.Log(1 + ((_lengths.Count - list.Count + 0.5) / (list.Count + 0.5)));
            foreach ((int document, double count) in list)
            {
                scores[document] += idf * count * (K1 + 1) / (count + (K1 * (1 - B + (B * _lengths[document] / _mean))));
            }
        }

        return scores;
    }

    private static List<string> Words(string text)
    {
        List<string> words = [];
        Span<char> buffer = stackalloc char[McpOptimizer.Core.Services.Embeddings.EncoderTokenizer.MaxWordLength];
        McpOptimizer.Core.Services.Embeddings.EncoderTokenizer tokenizer = new(text, buffer);
        while (tokenizer.TryNext(out ReadOnlySpan<char> word))
        {
            string plain = word.ToString();
            if (!StopWords.Contains(plain))
            {
                words.Add(Stem(plain));
            }
        }

        return words;
    }

    private static string Stem(string word)
    {
        foreach ((string ending, string replacement) in ((string, string)[])[("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("es", ""), ("s", "")])
        {
            if (word.EndsWith(ending, StringComparison.Ordinal) && word.Length - ending.Length >= 3 && !word.EndsWith("ss", StringComparison.Ordinal))
            {
                return word[..^ending.Length] + replacement;
            }
        }

        return word;
    }
}
