using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>
/// Vectors as signed bytes and their dot products. The sums are whole numbers, so every processor gives the same result,
/// whichever instructions it has.
/// </summary>
internal static class VectorCode
{
    private const int MaxCode = 127;

    // What rounding leaves over is kept in four bits: with the code that is about as exact as a half float.
    private const int RemaindersPerStep = 16;
    private const int HalfAStep = RemaindersPerStep / 2;

    /// <summary>Writes a vector as bytes.</summary>
    /// <param name="vector">The vector.</param>
    /// <param name="codes">One per component.</param>
    /// <param name="remainders">Zeros, <see cref="RemainderBytes"/> of them, that take what rounding leaves over, two components a byte; or empty.</param>
    /// <returns>What one step is worth; 0 for a vector of zeros or of anything that is not a number.</returns>
    public static float Encode(ReadOnlySpan<float> vector, Span<sbyte> codes, Span<byte> remainders = default)
    {
        float largest = LargestOf(vector);
        if (largest == 0)
        {
            return 0;
        }

        float steps = MaxCode / largest;
        for (int i = EncodeEights(vector, steps, codes, remainders); i < vector.Length; i++)
        {
            float value = vector[i] * steps;
            float code = MathF.Round(value);
            codes[i] = (sbyte)code;
            if (!remainders.IsEmpty)
            {
                int rest = Math.Min((int)MathF.Round((value - code) * RemaindersPerStep), HalfAStep - 1);
                remainders[i / 2] |= (byte)((rest + HalfAStep) << (i % 2 * 4));
            }
        }

        return largest / MaxCode;
    }

    // 0 where one is not a number or without end.
    private static float LargestOf(ReadOnlySpan<float> vector)
    {
        ref float first = ref MemoryMarshal.GetReference(vector);
        Vector256<float> most = Vector256<float>.Zero;
        Vector256<float> finite = Vector256<float>.AllBitsSet;
        int at = 0;
        for (; at <= vector.Length - Vector256<float>.Count; at += Vector256<float>.Count)
        {
            Vector256<float> values = Vector256.Abs(Vector256.LoadUnsafe(ref first, (nuint)at));
            most = Vector256.MaxNative(most, values);

            // Neither infinity nor what is not a number is less than infinity.
            finite &= Vector256.LessThan(values, Vector256.Create(float.PositiveInfinity));
        }

        bool isFinite = finite.AsInt32() == Vector256<int>.AllBitsSet;
        float largest = 0;
        for (int lane = 0; lane < Vector256<float>.Count; lane++)
        {
            largest = Math.Max(largest, most[lane]);
        }

        foreach (float value in vector[at..])
        {
            isFinite &= float.IsFinite(value);
            largest = Math.Max(largest, Math.Abs(value));
        }

        return isFinite ? largest : 0;
    }

    // Eight components at a time, to the bit what one at a time gives. Answers how many.
    private static int EncodeEights(ReadOnlySpan<float> vector, float steps, Span<sbyte> codes, Span<byte> remainders)
    {
        ref float first = ref MemoryMarshal.GetReference(vector);
        int at = 0;
        for (; at <= vector.Length - Vector256<float>.Count; at += Vector256<float>.Count)
        {
            Vector256<float> values = Vector256.LoadUnsafe(ref first, (nuint)at) * steps;
            Vector256<float> rounded = Vector256.Round(values);
            Vector256<int> whole = Vector256.ConvertToInt32(rounded);
            Vector128<short> halves = Vector128.Narrow(whole.GetLower(), whole.GetUpper());
            BinaryPrimitives.WriteInt64LittleEndian(MemoryMarshal.AsBytes(codes[at..]), Vector128.Narrow(halves, halves).AsInt64().ToScalar());
            if (!remainders.IsEmpty)
            {
                Vector256<int> rests = Vector256.ConvertToInt32(Vector256.Round((values - rounded) * RemaindersPerStep));
                Vector256<long> pairs = (Vector256.Min(rests, Vector256.Create(HalfAStep - 1)) + Vector256.Create(HalfAStep)).AsInt64();
                pairs |= pairs >>> 28;
                for (int pair = 0; pair < Vector256<long>.Count; pair++)
                {
                    remainders[(at / 2) + pair] = (byte)pairs[pair];
                }
            }
        }

        return at;
    }

    /// <summary>Bytes that the remainders of one vector take.</summary>
    public static int RemainderBytes(int dimension) => (dimension + 1) / 2;

    /// <summary>Reads a vector back, in steps of its own: its direction, not its length.</summary>
    /// <param name="codes">One per component.</param>
    /// <param name="remainders">As <see cref="Encode"/> wrote them.</param>
    /// <param name="vector">The components that are wanted, from the first on.</param>
    public static void Decode(ReadOnlySpan<sbyte> codes, ReadOnlySpan<byte> remainders, Span<float> vector)
    {
        int at = 0;
        ref sbyte code = ref MemoryMarshal.GetReference(codes);
        ref byte remainder = ref MemoryMarshal.GetReference(remainders);
        ref float value = ref MemoryMarshal.GetReference(vector);
        for (; at <= vector.Length - Vector128<sbyte>.Count; at += Vector128<sbyte>.Count)
        {
            Vector128<byte> pairs = Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref remainder, at / 2))).AsByte();
            Vector128<byte> halves = (pairs & Vector128.Create((byte)0x0F)) | ShiftUp((pairs.AsUInt16() >>> 4).AsByte() & Vector128.Create((byte)0x0F));
            Vector128<sbyte> rests = Vector128.Shuffle(halves, Vector128.Create(0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, (byte)15)).AsSByte() - Vector128.Create((sbyte)HalfAStep);
            (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.LoadUnsafe(ref code, (nuint)at));
            (Vector128<short> lowRest, Vector128<short> highRest) = Vector128.Widen(rests);
            Store((low * RemaindersPerStep) + lowRest, ref Unsafe.Add(ref value, at));
            Store((high * RemaindersPerStep) + highRest, ref Unsafe.Add(ref value, at + Vector128<short>.Count));
        }

        for (; at < vector.Length; at++)
        {
            vector[at] = (codes[at] * RemaindersPerStep) + (remainders[at / 2] >> (at % 2 * 4) & 0x0F) - HalfAStep;
        }

        static Vector128<byte> ShiftUp(Vector128<byte> lower) => Vector128.Create(0UL, lower.AsUInt64().ToScalar()).AsByte();

        static void Store(Vector128<short> values, ref float to)
        {
            (Vector128<int> first, Vector128<int> second) = Vector128.Widen(values);
            Vector128.ConvertToSingle(first).StoreUnsafe(ref to);
            Vector128.ConvertToSingle(second).StoreUnsafe(ref to, (nuint)Vector128<int>.Count);
        }
    }

    /// <summary>Dot products of one query with many code vectors that lie one after the other.</summary>
    /// <param name="query">The query's codes, widened.</param>
    /// <param name="codes">The vectors, each as long as the query.</param>
    /// <param name="products">One product per vector.</param>
    public static void Dot(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> codes, Span<int> products) => Dot(query, codes, query.Length, products);

    /// <summary>Dot products of one query with the first components of many code vectors that lie one after the other.</summary>
    /// <param name="query">The query's codes, widened.</param>
    /// <param name="codes">The vectors.</param>
    /// <param name="stride">Length of a vector, at least that of the query.</param>
    /// <param name="products">One product per vector.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // The first searches do not wait for tiering.
    public static void Dot(ReadOnlySpan<short> query, ReadOnlySpan<sbyte> codes, int stride, Span<int> products)
    {
        ref short q = ref MemoryMarshal.GetReference(query);
        ref sbyte all = ref MemoryMarshal.GetReference(codes);
        int length = query.Length;
        for (int i = 0; i < products.Length; i++)
        {
            ref sbyte own = ref Unsafe.Add(ref all, i * stride);
            int at = 0;
            int sum = 0;
            if (Avx512BW.IsSupported)
            {
                Vector512<int> sums = Vector512<int>.Zero;
                for (; at <= length - 32; at += 32)
                {
                    Vector512<short> x = Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref own, (nuint)at));
                    sums += Avx512BW.MultiplyAddAdjacent(x, Vector512.LoadUnsafe(ref q, (nuint)at));
                }

                sum = Vector512.Sum(sums);
            }
            else if (Avx2.IsSupported)
            {
                Vector256<int> sums = Vector256<int>.Zero;
                for (; at <= length - 16; at += 16)
                {
                    Vector256<short> x = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref own, (nuint)at));
                    sums += Avx2.MultiplyAddAdjacent(x, Vector256.LoadUnsafe(ref q, (nuint)at));
                }

                sum = Vector256.Sum(sums);
            }
            else if (Vector128.IsHardwareAccelerated)
            {
                Vector128<int> sums = Vector128<int>.Zero;
                for (; at <= length - 16; at += 16)
                {
                    (Vector128<short> low, Vector128<short> high) = Vector128.Widen(Vector128.LoadUnsafe(ref own, (nuint)at));

                    // Two products of codes up to 127 still fit in 16 bits.
                    Vector128<short> pairs = (low * Vector128.LoadUnsafe(ref q, (nuint)at)) + (high * Vector128.LoadUnsafe(ref q, (nuint)at + 8));
                    (Vector128<int> first, Vector128<int> second) = Vector128.Widen(pairs);
                    sums += first + second;
                }

                sum = Vector128.Sum(sums);
            }

            for (; at < length; at++)
            {
                sum += Unsafe.Add(ref own, at) * Unsafe.Add(ref q, at);
            }

            products[i] = sum;
        }
    }
}
