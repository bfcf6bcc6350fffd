using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>Vectors as the signs of their components: an eighth of the memory traffic, close enough to tell which vectors are worth a real comparison.</summary>
internal static class VectorSketch
{
    private const int SampledOneIn = 64;

    /// <summary>Writes one bit per component.</summary>
    public static void Write(ReadOnlySpan<float> vector, Span<ulong> sketch)
    {
        sketch.Clear();
        for (int i = 0; i < vector.Length; i++)
        {
            if (vector[i] > 0)
            {
                sketch[i >> 6] |= 1UL << i;
            }
        }
    }

    /// <summary>Counts the signs in which a query differs from each of many sketches that lie one after the other.</summary>
    public static void Compare(ReadOnlySpan<ulong> query, ReadOnlySpan<ulong> sketches, Span<int> distances)
    {
        if (query.Length == 4)
        {
            // The built-in encoder's width.
            (ulong a, ulong b, ulong c, ulong d) = (query[0], query[1], query[2], query[3]);
            ref ulong own = ref MemoryMarshal.GetReference(sketches);
            for (int i = 0; i < distances.Length; i++)
            {
                distances[i] = BitOperations.PopCount(own ^ a) + BitOperations.PopCount(Unsafe.Add(ref own, 1) ^ b)
                    + BitOperations.PopCount(Unsafe.Add(ref own, 2) ^ c) + BitOperations.PopCount(Unsafe.Add(ref own, 3) ^ d);
                own = ref Unsafe.Add(ref own, 4);
            }

            return;
        }

        for (int i = 0; i < distances.Length; i++)
        {
            ReadOnlySpan<ulong> sketch = sketches.Slice(i * query.Length, query.Length);
            int distance = 0;
            for (int word = 0; word < query.Length; word++)
            {
                distance += BitOperations.PopCount(sketch[word] ^ query[word]);
            }

            distances[i] = distance;
        }
    }

    /// <summary>Whether a tool belongs to the sample, by its id alone: the same tools are sampled wherever the index holds them.</summary>
    public static bool IsSampled(string id)
    {
        uint hash = 2_166_136_261;
        foreach (char character in id)
        {
            hash = (hash ^ character) * 16_777_619;
        }

        return (hash ^ (hash >> 15)) % SampledOneIn == 0;
    }
}
