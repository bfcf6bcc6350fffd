using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>
/// Vectors as the signs of their components, one bit each: an eighth of the memory traffic, close enough to tell which vectors are worth a real comparison.
/// Stored in groups of <see cref="GroupSize"/> vectors, within a group byte by byte: the first byte of all its vectors, then the second, so that
/// one instruction handles the same byte of many vectors. The two halves of a group alternate: sums of 16 bits are made of every other byte,
/// and come out in the order of the vectors.
/// </summary>
internal static class VectorSketch
{
    /// <summary>Vectors of a group; the last group is filled up with zeros.</summary>
    public const int GroupSize = 32;

    private const int SampledOneIn = 64;

    /// <summary>Bytes of one sketch.</summary>
    public static int BytesOf(int dimension) => (dimension + 7) / 8;

    /// <summary>Bytes of so many sketches.</summary>
    public static int LengthOf(int count, int dimension) => (count + GroupSize - 1) / GroupSize * GroupSize * BytesOf(dimension);

    /// <summary>Writes one vector's sketch among the others.</summary>
    public static void Write(ReadOnlySpan<float> vector, Span<byte> sketches, int place)
    {
        (int group, int member) = Math.DivRem(place, GroupSize);
        int lane = member < GroupSize / 2 ? 2 * member : (2 * member) - GroupSize + 1;
        Span<byte> own = sketches[((group * GroupSize * BytesOf(vector.Length)) + lane)..];
        ref float first = ref MemoryMarshal.GetReference(vector);
        int i = 0;
        for (; i <= vector.Length - Vector256<float>.Count; i += Vector256<float>.Count)
        {
            own[i / 8 * GroupSize] = (byte)Vector256.GreaterThan(Vector256.LoadUnsafe(ref first, (nuint)i), Vector256<float>.Zero).ExtractMostSignificantBits();
        }

        for (; i < vector.Length; i++)
        {
            if (vector[i] > 0)
            {
                own[i / 8 * GroupSize] |= (byte)(1 << (i % 8));
            }
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
