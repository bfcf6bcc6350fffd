using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace McpOptimizer.Encoder.MiniLM;

/// <summary>
/// Sums and functions with one order of operations and without fused ones, so that every processor gives the same bits: the framework's own may take what
/// the processor has.
/// </summary>
internal static class FixedMath
{
    // Beyond these the result is 0 or too large for a number of this kind.
    private const float LeastExponent = -87;
    private const float LargestExponent = 88;

    // Added and taken away again it leaves a whole number.
    private const float Rounder = 12_582_912;

    /// <summary>The sum of a span whose length is a multiple of eight.</summary>
    public static float Sum(ReadOnlySpan<float> values)
    {
        Vector256<float> sums = Vector256<float>.Zero;
        for (int i = 0; i < values.Length; i += Vector256<float>.Count)
        {
            sums += Vector256.LoadUnsafe(in values[i]);
        }

        return Sum(sums);
    }

    /// <summary>The sum of eight numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> lanes)
    {
        Vector128<float> four = lanes.GetLower() + lanes.GetUpper();
        return four[0] + four[2] + (four[1] + four[3]);
    }

    /// <summary>e to the power of each number, to six digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        x = Vector256.Min(Vector256.Max(x, Vector256.Create(LeastExponent)), Vector256.Create(LargestExponent));
        Vector256<float> whole = (x * 1.44269504f) + Vector256.Create(Rounder) - Vector256.Create(Rounder);
        Vector256<float> rest = x - (whole * 0.693359375f) - (whole * -2.12194440e-4f);
        Vector256<float> sum = Vector256.Create(1.9875691500e-4f);
        sum = (sum * rest) + Vector256.Create(1.3981999507e-3f);
        sum = (sum * rest) + Vector256.Create(8.3334519073e-3f);
        sum = (sum * rest) + Vector256.Create(4.1665795894e-2f);
        sum = (sum * rest) + Vector256.Create(1.6666665459e-1f);
        sum = (sum * rest) + Vector256.Create(5.0000001201e-1f);
        sum = (sum * rest * rest) + rest + Vector256<float>.One;
        Vector256<int> power = (Vector256.ConvertToInt32(whole) + Vector256.Create(127)) << 23;
        return sum * power.AsSingle();
    }

    /// <summary>x times the share of a normal distribution below x (GELU), by the error function's approximation 7.1.26 of Abramowitz and Stegun.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Gelu(Vector256<float> x)
    {
        Vector256<float> scaled = Vector256.Abs(x) * 0.70710678f;
        Vector256<float> t = Vector256<float>.One / (Vector256<float>.One + (scaled * 0.3275911f));
        Vector256<float> sum = Vector256.Create(1.061405429f);
        sum = (sum * t) - Vector256.Create(1.453152027f);
        sum = (sum * t) + Vector256.Create(1.421413741f);
        sum = (sum * t) - Vector256.Create(0.284496736f);
        sum = (sum * t) + Vector256.Create(0.254829592f);
        Vector256<float> error = Vector256<float>.One - (sum * t * Exp(Vector256<float>.Zero - (scaled * scaled)));
        Vector256<float> signed = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), Vector256<float>.Zero - error, error);
        return x * 0.5f * (Vector256<float>.One + signed);
    }
}
