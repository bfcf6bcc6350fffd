using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>
/// A query prepared for comparing it with sketches: for every four components a table of what each combination of their signs adds to the dot
/// product, in 16 steps. Looking up a table is one instruction for all vectors of a group. The sums are whole numbers, the same on every processor.
/// </summary>
internal sealed class SketchTables
{
    /// <summary>Entries of one table: the combinations of four signs.</summary>
    private const int Entries = 16;

    private const int MaxStep = 15;

    // Sums of two tables, at most 30 each, that fit in a byte.
    private const int BytesPerSum = 8;

    private readonly byte[] _tables;
    private readonly int _bytes;

    public SketchTables(ReadOnlySpan<float> query)
    {
        _bytes = VectorSketch.BytesOf(query.Length);
        _tables = new byte[_bytes * 2 * Entries];
        float largest = 0;
        for (int i = 0; i < query.Length; i += 4)
        {
            largest = Math.Max(largest, SumOf(query, i, MaxStep, absolute: true));
        }

        for (int table = 0; table < _bytes * 2 && largest > 0; table++)
        {
            for (int signs = 0; signs < Entries; signs++)
            {
                float share = (SumOf(query, table * 4, signs, absolute: false) + largest) / (2 * largest);
                _tables[(table * Entries) + signs] = (byte)MathF.Round(share * MaxStep);
            }
        }
    }

    /// <summary>Highest score that a sketch can have.</summary>
    public int MaxScore => _bytes * 2 * MaxStep;

    /// <summary>Scores the sketches of one block; the higher, the nearer.</summary>
    /// <param name="sketches">As <see cref="VectorSketch"/> lays them out.</param>
    /// <param name="dimension">Components of the vectors; the query may cover the first of them alone, a multiple of eight.</param>
    /// <param name="scores">One per vector.</param>
    public void Score(ReadOnlySpan<byte> sketches, int dimension, Span<ushort> scores)
    {
        int bytes = VectorSketch.BytesOf(dimension);
        Span<ushort> group = stackalloc ushort[VectorSketch.GroupSize];
        for (int first = 0; first < scores.Length; first += VectorSketch.GroupSize)
        {
            ScoreGroup(ref Unsafe.Add(ref MemoryMarshal.GetReference(sketches), first * bytes), ref MemoryMarshal.GetReference(group));
            Span<ushort> own = scores[first..];
            group[..Math.Min(own.Length, group.Length)].CopyTo(own);
        }
    }

    private static float SumOf(ReadOnlySpan<float> query, int first, int signs, bool absolute)
    {
        float sum = 0;
        for (int i = 0; i < 4 && first + i < query.Length; i++)
        {
            float value = absolute ? Math.Abs(query[first + i]) : query[first + i];
            sum += (signs >> i & 1) != 0 ? value : -value;
        }

        return sum;
    }

    // Optimized from the first call on: a large catalogue makes a thousand calls a search, and would wait for tiering in the first searches.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void ScoreGroup(ref byte sketches, ref ushort scores)
    {
        ref byte tables = ref MemoryMarshal.GetArrayDataReference(_tables);
        Vector256<ushort> even = Vector256<ushort>.Zero;
        Vector256<ushort> odd = Vector256<ushort>.Zero;
        for (int at = 0; at < _bytes;)
        {
            Vector256<byte> sum = Vector256<byte>.Zero;
            for (int end = Math.Min(at + BytesPerSum, _bytes); at < end; at++)
            {
                Vector256<byte> signs = Vector256.LoadUnsafe(ref sketches, (nuint)(at * VectorSketch.GroupSize));
                Vector256<byte> low = signs & Vector256.Create((byte)0x0F);
                Vector256<byte> high = (signs.AsUInt16() >>> 4).AsByte() & Vector256.Create((byte)0x0F);
                sum += LookUp(Vector128.LoadUnsafe(ref tables, (nuint)(at * 2 * Entries)), low)
                    + LookUp(Vector128.LoadUnsafe(ref tables, (nuint)(((at * 2) + 1) * Entries)), high);
            }

            even += sum.AsUInt16() & Vector256.Create((ushort)0xFF);
            odd += sum.AsUInt16() >>> 8;
        }

        even.StoreUnsafe(ref scores);
        odd.StoreUnsafe(ref scores, (nuint)Vector256<ushort>.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> LookUp(Vector128<byte> table, Vector256<byte> entries) => Avx2.IsSupported
        ? Avx2.Shuffle(Vector256.Create(table, table), entries)
        : Vector256.Create(Vector128.Shuffle(table, entries.GetLower()), Vector128.Shuffle(table, entries.GetUpper()));
}
