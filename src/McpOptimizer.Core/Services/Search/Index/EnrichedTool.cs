
namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>What a model said of a definition, ready to be compared with requests.</summary>
internal sealed class EnrichedTool
{
    private readonly sbyte[] _codes;
    private readonly float[] _scales;

    /// <param name="purpose">What the tool is for.</param>
    /// <param name="requests">Requests that it answers.</param>
    /// <param name="vectors">Of the requests and, last, of the purpose; all as long as each other.</param>
    public EnrichedTool(string purpose, IReadOnlyList<string> requests, IReadOnlyList<ReadOnlyMemory<float>> vectors)
    {
        Purpose = purpose;
        Requests = requests;
        Dimension = vectors[0].Length;
        _codes = new sbyte[vectors.Count * Dimension];
        _scales = [.. vectors.Select((vector, at) => VectorCode.Encode(vector.Span, _codes.AsSpan(at * Dimension, Dimension)))];
    }

    public string Purpose { get; }

    public IReadOnlyList<string> Requests { get; }

    /// <summary>How many texts can be compared.</summary>
    public int Texts => _scales.Length;

    /// <summary>Length of the vectors.</summary>
    public int Dimension { get; }

    /// <summary>The text that is nearest to a request.</summary>
    /// <param name="query">The request's codes, widened.</param>
    /// <param name="scale">What one of its steps is worth.</param>
    /// <returns>Its number, and its cosine similarity.</returns>
    public (int Text, float Similarity) Nearest(ReadOnlySpan<short> query, float scale)
    {
        Span<int> products = stackalloc int[_scales.Length];
        VectorCode.Dot(query, _codes, products);
        int best = 0;
        float most = float.NegativeInfinity;
        for (int i = 0; i < products.Length; i++)
        {
            float similarity = products[i] * (_scales[i] * scale);
            (best, most) = similarity > most ? (i, similarity) : (best, most);
        }

        return (best, most);
    }

    /// <summary>One of the texts.</summary>
    public string TextOf(int number) => number < Requests.Count ? Requests[number] : Purpose;
}
