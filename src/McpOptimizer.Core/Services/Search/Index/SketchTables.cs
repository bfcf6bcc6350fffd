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

    // Of the tables of two bytes.
    private const int PairLength = 8 * Entries;

    // Sums of two tables, at most 30 each, that fit in a byte.
    private const int BytesPerSum = 8;

    private readonly byte[] _tables;

    // The same for instructions that handle two bytes of a group's sketches at once: for each two bytes the tables of their low halves, each twice,
    // then those of their high halves.
    private readonly byte[] _pairTables;
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

        _pairTables = Avx512BW.IsSupported ? PairTables() : [];
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
        ref byte sketch = ref MemoryMarshal.GetReference(sketches);
        int first = 0;
        for (; first <= scores.Length - VectorSketch.GroupSize; first += VectorSketch.GroupSize)
        {
            ScoreGroup(ref Unsafe.Add(ref sketch, first * bytes), ref scores[first]);
        }

        if (first < scores.Length)
        {
            Span<ushort> last = stackalloc ushort[VectorSketch.GroupSize];
            ScoreGroup(ref Unsafe.Add(ref sketch, first * bytes), ref MemoryMarshal.GetReference(last));
            last[..(scores.Length - first)].CopyTo(scores[first..]);
        }
    }

    /// <summary>The highest score that so many sketches have or surpass; 0 when there are fewer.</summary>
    /// <param name="histogram">How many sketches have each score.</param>
    /// <param name="count">How many are wanted.</param>
    public static int BarOf(ReadOnlySpan<int> histogram, int count)
    {
        int bar = histogram.Length - 1;
        for (int seen = histogram[bar]; seen < count && bar > 0; seen += histogram[bar])
        {
            bar--;
        }

        return bar;
    }

    private byte[] PairTables()
    {
        byte[] pairs = new byte[_bytes / 2 * PairLength];
        for (int table = 0; table < _bytes / 2 * 4; table++)
        {
            // Tables come in the order low and high of the first byte, low and high of the second.
            (int pair, int half, int high) = (table / 4, table / 2 % 2, table % 2);
            for (int copy = 0; copy < 2; copy++)
            {
                _tables.AsSpan(table * Entries, Entries).CopyTo(pairs.AsSpan((pair * PairLength) + (((high * 4) + (half * 2) + copy) * Entries)));
            }
        }

        return pairs;
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
        int at = 0;
        if (Avx512BW.IsSupported)
        {
            ref byte pairs = ref MemoryMarshal.GetArrayDataReference(_pairTables);
            Vector512<ushort> evenPairs = Vector512<ushort>.Zero;
            Vector512<ushort> oddPairs = Vector512<ushort>.Zero;
            for (int pair = 0; pair < _bytes / 2;)
            {
                Vector512<byte> sum = Vector512<byte>.Zero;
                for (int end = Math.Min(pair + BytesPerSum, _bytes / 2); pair < end; pair++)
                {
                    Vector512<byte> signs = Vector512.LoadUnsafe(ref sketches, (nuint)(pair * 2 * VectorSketch.GroupSize));
                    Vector512<byte> low = signs & Vector512.Create((byte)0x0F);
                    Vector512<byte> high = (signs.AsUInt16() >>> 4).AsByte() & Vector512.Create((byte)0x0F);
                    sum += Avx512BW.Shuffle(Vector512.LoadUnsafe(ref pairs, (nuint)(pair * PairLength)), low)
                        + Avx512BW.Shuffle(Vector512.LoadUnsafe(ref pairs, (nuint)((pair * PairLength) + (PairLength / 2))), high);
                }

                evenPairs += sum.AsUInt16() & Vector512.Create((ushort)0xFF);
                oddPairs += sum.AsUInt16() >>> 8;
            }

            even = evenPairs.GetLower() + evenPairs.GetUpper();
            odd = oddPairs.GetLower() + oddPairs.GetUpper();
            at = _bytes / 2 * 2;
        }

        while (at < _bytes)
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
