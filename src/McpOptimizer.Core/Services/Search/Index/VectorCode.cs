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

    /// <summary>Writes a vector as bytes.</summary>
    /// <returns>What one step is worth; 0 for a vector of zeros or of anything that is not a number.</returns>
    public static float Encode(ReadOnlySpan<float> vector, Span<sbyte> codes)
    {
        float largest = 0;
        foreach (float value in vector)
        {
            if (!float.IsFinite(value))
            {
                return 0;
            }

            largest = Math.Max(largest, Math.Abs(value));
        }

        if (largest == 0)
        {
            return 0;
        }

        float steps = MaxCode / largest;
        for (int i = 0; i < vector.Length; i++)
        {
            codes[i] = (sbyte)MathF.Round(vector[i] * steps);
        }

        return largest / MaxCode;
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
