using System.Runtime.Intrinsics;

namespace McpOptimizer.Core.Services.Embeddings;

/// <summary>Four-bit levels from -7 to 7 with one scale per row, two levels per byte.</summary>
internal static class EncoderQuantizer
{
    private const int MaxLevel = 7;
    private const int Bias = 8;

    /// <summary>The levels in the low halves.</summary>
    public static Vector128<sbyte> Low(Vector128<byte> packed) =>
        (packed & Vector128.Create((byte)0x0f)).AsSByte() - Vector128.Create((sbyte)Bias);

    /// <summary>The levels in the high halves.</summary>
    public static Vector128<sbyte> High(Vector128<byte> packed) =>
        Vector128.ShiftRightLogical(packed, 4).AsSByte() - Vector128.Create((sbyte)Bias);

    /// <summary>Writes a row and returns its scale: of a few that cut the largest values a little, the one with the least squared error.</summary>
    public static Half Pack(ReadOnlySpan<float> row, Span<byte> packed)
    {
        float max = 0;
        foreach (float value in row)
        {
            max = Math.Max(max, Math.Abs(value));
        }

        Half best = default;
        double bestError = double.MaxValue;
        for (int step = 0; step <= 12; step++)
        {
            Half scale = (Half)(max * (1 - (step * 0.05f)) / MaxLevel);
            double error = Error(row, (float)scale);
            if (error < bestError)
            {
                (best, bestError) = (scale, error);
            }
        }

        int half = packed.Length;
        for (int i = 0; i < half; i++)
        {
            packed[i] = (byte)((Level(row[i], (float)best) + Bias) | ((Level(row[i + half], (float)best) + Bias) << 4));
        }

        return best;
    }

    private static int Level(float value, float scale) =>
        scale == 0 ? 0 : Math.Clamp((int)MathF.Round(value / scale), -MaxLevel, MaxLevel);

    private static double Error(ReadOnlySpan<float> row, float scale)
    {
        double error = 0;
        foreach (float value in row)
        {
            double difference = value - (Level(value, scale) * scale);
            error += difference * difference;
        }

        return error;
    }
}
