using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Services.Learning;

/// <summary>Some hundred past requests side by side. Only appended to: whoever knows how many there were reads those without a lock.</summary>
internal sealed class HistoryChunk(int dimension)
{
    /// <summary>Requests of a full chunk.</summary>
    public const int Size = 256;

    private readonly sbyte[] _codes = new sbyte[Size * dimension];
    private readonly float[] _scales = new float[Size];

    /// <summary>The requests.</summary>
    public HistoryEntry[] Entries { get; } = new HistoryEntry[Size];

    /// <summary>The number of the tool that was called after each.</summary>
    public int[] Called { get; } = new int[Size];

    /// <summary>Puts a request at a place that no reader looks at yet.</summary>
    public void Write(int place, HistoryEntry entry, ReadOnlySpan<float> vector)
    {
        Entries[place] = entry;
        Called[place] = entry.Outcomes[0].Tool;
        _scales[place] = VectorCode.Encode(vector, _codes.AsSpan(place * dimension, dimension));
    }

    /// <summary>Copies a request from another chunk.</summary>
    /// <param name="place">Where to.</param>
    /// <param name="entry">What it is here.</param>
    /// <param name="from">Where its vector is.</param>
    /// <param name="other">The place there.</param>
    public void Take(int place, HistoryEntry entry, HistoryChunk from, int other)
    {
        Entries[place] = entry;
        Called[place] = entry.Outcomes[0].Tool;
        from._codes.AsSpan(other * dimension, dimension).CopyTo(_codes.AsSpan(place * dimension));
        _scales[place] = from._scales[other];
    }

    /// <summary>Writes the similarity of the first places.</summary>
    /// <param name="query">The request's codes, widened.</param>
    /// <param name="scale">What one of its steps is worth.</param>
    /// <param name="similarities">As many as places are read.</param>
    public void Compare(ReadOnlySpan<short> query, float scale, Span<float> similarities)
    {
        Span<int> products = stackalloc int[Size];
        VectorCode.Dot(query, _codes, products[..similarities.Length]);
        for (int i = 0; i < similarities.Length; i++)
        {
            similarities[i] = products[i] * (_scales[i] * scale);
        }
    }
}
