using McpOptimizer.Core.Services.Embeddings;

namespace EncoderTraining.Training;

/// <summary>All words of the material with their counts, pieces and rows.</summary>
internal sealed class Vocabulary
{
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];
    private readonly List<long> _counts = [];

    /// <summary>Row of each word, or -1 when it has only pieces.</summary>
    public int[] Rows { get; private set; } = [];

    /// <summary>Frequency weight of each word.</summary>
    public float[] Weights { get; private set; } = [];

    /// <summary>Buckets of the pieces of each word.</summary>
    public int[][] Pieces { get; private set; } = [];

    public uint[] Hashes { get; private set; } = [];

    /// <summary>Ids of the words that have rows, in row order.</summary>
    public int[] Kept { get; private set; } = [];

    public int Count => _words.Count;

    public string this[int id] => _words[id];

    /// <summary>Cuts a text, counts its words and returns their ids.</summary>
    public int[] Read(string text, int maxWords)
    {
        Span<char> buffer = stackalloc char[EncoderTokenizer.MaxWordLength];
        EncoderTokenizer tokenizer = new(text, buffer);
        List<int> ids = [];
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> lookup = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
        while (ids.Count < maxWords && tokenizer.TryNext(out ReadOnlySpan<char> word))
        {
            if (!lookup.TryGetValue(word, out int id))
            {
                id = _words.Count;
                _words.Add(word.ToString());
                _counts.Add(0);
                _ids.Add(_words[id], id);
            }

            _counts[id]++;
            ids.Add(id);
        }

        return [.. ids];
    }

    /// <summary>Chooses the words that get rows and computes weights and pieces.</summary>
    public void Close(TrainingOptions options)
    {
        Kept = [.. Enumerable.Range(0, Count).Where(id => _counts[id] >= options.MinCount)
            .OrderByDescending(id => _counts[id]).ThenBy(id => _words[id], StringComparer.Ordinal).Take(options.MaxWords)];
        Rows = new int[Count];
        Array.Fill(Rows, -1);
        for (int row = 0; row < Kept.Length; row++)
        {
            Rows[Kept[row]] = row;
        }

        double total = _counts.Sum();
        Weights = [.. _counts.Select(count => (float)(options.FrequencySmoothing / (options.FrequencySmoothing + (count / total))))];
        Hashes = [.. _words.Select(word => EncoderHash.Of(word))];
        Pieces = new int[Count][];
        Span<int> found = stackalloc int[3 * EncoderTokenizer.MaxWordLength];
        for (int id = 0; id < Count; id++)
        {
            int count = EncoderModel.Pieces(_words[id], options.PieceBuckets, found);
            Pieces[id] = found[..count].ToArray();
        }
    }
}
