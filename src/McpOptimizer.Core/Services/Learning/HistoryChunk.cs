using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Learning;

/// <summary>Some hundred past requests side by side. Only appended to: whoever knows how many there were reads those without a lock.</summary>
internal sealed class HistoryChunk(int dimension)
{
    /// <summary>Requests of a full chunk.</summary>
    public const int Size = 256;

    private readonly sbyte[] _codes = new sbyte[Size * dimension];
    private readonly float[] _scales = new float[Size];
    private readonly byte[] _sketches = new byte[VectorSketch.LengthOf(Size, dimension)];

    /// <summary>The requests.</summary>
    public HistoryEntry[] Entries { get; } = new HistoryEntry[Size];

    /// <summary>The number of the tool that was called after each.</summary>
    public int[] Called { get; } = new int[Size];

    /// <summary>Puts a request at a place that no reader looks at yet.</summary>
    public void Write(int place, HistoryEntry entry, ReadOnlySpan<float> vector)
    {
        _scales[place] = VectorCode.Encode(vector, _codes.AsSpan(place * dimension, dimension));
        Register(place, entry);
    }

    /// <summary>Copies a request from another chunk.</summary>
    /// <param name="place">Where to.</param>
    /// <param name="entry">What it is here.</param>
    /// <param name="from">Where its vector is.</param>
    /// <param name="other">The place there.</param>
    public void Take(int place, HistoryEntry entry, HistoryChunk from, int other)
    {
        from._codes.AsSpan(other * dimension, dimension).CopyTo(_codes.AsSpan(place * dimension));
        _scales[place] = from._scales[other];
        Register(place, entry);
    }

    /// <summary>Scores the sketches of the first places: the higher, the nearer.</summary>
    public void Sketch(SketchTables query, Span<ushort> scores) => query.Score(_sketches, dimension, scores);

    /// <summary>The similarity of one place.</summary>
    /// <param name="place">Which.</param>
    /// <param name="query">The request's codes, widened.</param>
    /// <param name="scale">What one of its steps is worth.</param>
    public float Compare(int place, ReadOnlySpan<short> query, float scale)
    {
        int product = 0;
        VectorCode.Dot(query, _codes.AsSpan(place * dimension, dimension), new Span<int>(ref product));
        return product * (_scales[place] * scale);
    }

    private void Register(int place, HistoryEntry entry)
    {
        Entries[place] = entry;
        Called[place] = entry.Outcomes[0].Tool;

        // Of the codes, not of the vector: a request that is copied has the same sketch.
        float[] signs = new float[dimension];
        for (int i = 0; i < dimension; i++)
        {
            signs[i] = _codes[(place * dimension) + i];
        }

        VectorSketch.Write(signs, _sketches, place);
    }
}
