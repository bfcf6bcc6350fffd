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

    /// <summary>The dot product of two code vectors of the same length.</summary>
    public static int Dot(ReadOnlySpan<sbyte> left, ReadOnlySpan<sbyte> right)
    {
        ref sbyte a = ref MemoryMarshal.GetReference(left);
        ref sbyte b = ref MemoryMarshal.GetReference(right);
        int length = left.Length;
        int at = 0;
        int sum = 0;
        if (Avx512BW.IsSupported && length >= 32)
        {
            Vector512<int> sums = Vector512<int>.Zero;
            for (; at <= length - 32; at += 32)
            {
                Vector512<short> x = Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref a, (nuint)at));
                Vector512<short> y = Avx512BW.ConvertToVector512Int16(Vector256.LoadUnsafe(ref b, (nuint)at));
                sums += Avx512BW.MultiplyAddAdjacent(x, y);
            }

            sum = Vector512.Sum(sums);
        }
        else if (Avx2.IsSupported && length >= 16)
        {
            Vector256<int> sums = Vector256<int>.Zero;
            for (; at <= length - 16; at += 16)
            {
                Vector256<short> x = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref a, (nuint)at));
                Vector256<short> y = Avx2.ConvertToVector256Int16(Vector128.LoadUnsafe(ref b, (nuint)at));
                sums += Avx2.MultiplyAddAdjacent(x, y);
            }

            sum = Vector256.Sum(sums);
        }
        else if (Vector128.IsHardwareAccelerated)
        {
            Vector128<int> sums = Vector128<int>.Zero;
            for (; at <= length - 16; at += 16)
            {
                (Vector128<short> xLow, Vector128<short> xHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref a, (nuint)at));
                (Vector128<short> yLow, Vector128<short> yHigh) = Vector128.Widen(Vector128.LoadUnsafe(ref b, (nuint)at));

                // Two products of codes up to 127 still fit in 16 bits.
                Vector128<short> products = (xLow * yLow) + (xHigh * yHigh);
                (Vector128<int> low, Vector128<int> high) = Vector128.Widen(products);
                sums += low + high;
            }

            sum = Vector128.Sum(sums);
        }

        for (; at < length; at++)
        {
            sum += left[at] * right[at];
        }

        return sum;
    }
}
