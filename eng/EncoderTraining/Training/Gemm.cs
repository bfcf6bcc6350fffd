using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EncoderTraining.Training;

/// <summary>Dense products of row-major matrices; each element is summed in one order whatever the number of threads.</summary>
internal static class Gemm
{
    private const int PanelWidth = 16;
    private const int RowBlock = 4;

    /// <summary>target[m×n] = left[m×k] · right[k×n]; m a multiple of 4, n of 16.</summary>
    public static void Multiply(float[] left, float[] right, float[] target, int m, int k, int n, ParallelOptions threads)
    {
        int panels = n / PanelWidth;
        float[] packed = new float[k * n];
        Parallel.For(0, panels, threads, panel =>
        {
            for (int i = 0; i < k; i++)
            {
                right.AsSpan((i * n) + (panel * PanelWidth), PanelWidth).CopyTo(packed.AsSpan(((panel * k) + i) * PanelWidth));
            }
        });
        int blocks = m / 64;
        Parallel.For(0, Math.Max(1, blocks), threads, block =>
        {
            int from = blocks == 0 ? 0 : block * m / blocks / RowBlock * RowBlock;
            int to = blocks == 0 ? m : (block + 1) * m / blocks / RowBlock * RowBlock;
            for (int panel = 0; panel < panels; panel++)
            {
                for (int row = from; row < to; row += RowBlock)
                {
                    Block(left, packed, target, row, panel, k, n);
                }
            }
        });
    }

    /// <summary>target[n×m] = source[m×n] transposed.</summary>
    public static void Transpose(float[] source, float[] target, int m, int n, ParallelOptions threads) =>
        Parallel.For(0, (n + 31) / 32, threads, tile =>
        {
            for (int i0 = 0; i0 < m; i0 += 32)
            {
                for (int j = tile * 32; j < Math.Min(n, (tile + 1) * 32); j++)
                {
                    for (int i = i0; i < Math.Min(m, i0 + 32); i++)
                    {
                        target[(j * m) + i] = source[(i * n) + j];
                    }
                }
            }
        });

    private static void Block(float[] left, float[] packed, float[] target, int row, int panel, int k, int n)
    {
        ref float b = ref packed[panel * k * PanelWidth];
        ref float a0 = ref left[row * k];
        ref float a1 = ref left[(row + 1) * k];
        ref float a2 = ref left[(row + 2) * k];
        ref float a3 = ref left[(row + 3) * k];
        Vector256<float> c00 = default, c01 = default, c10 = default, c11 = default, c20 = default, c21 = default, c30 = default, c31 = default;
        for (int i = 0; i < k; i++)
        {
            Vector256<float> b0 = Vector256.LoadUnsafe(ref b, (nuint)(i * PanelWidth));
            Vector256<float> b1 = Vector256.LoadUnsafe(ref b, (nuint)((i * PanelWidth) + 8));
            Vector256<float> x0 = Vector256.Create(System.Runtime.CompilerServices.Unsafe.Add(ref a0, i));
            Vector256<float> x1 = Vector256.Create(System.Runtime.CompilerServices.Unsafe.Add(ref a1, i));
            Vector256<float> x2 = Vector256.Create(System.Runtime.CompilerServices.Unsafe.Add(ref a2, i));
            Vector256<float> x3 = Vector256.Create(System.Runtime.CompilerServices.Unsafe.Add(ref a3, i));
            c00 = Vector256.MultiplyAddEstimate(x0, b0, c00);
            c01 = Vector256.MultiplyAddEstimate(x0, b1, c01);
            c10 = Vector256.MultiplyAddEstimate(x1, b0, c10);
            c11 = Vector256.MultiplyAddEstimate(x1, b1, c11);
            c20 = Vector256.MultiplyAddEstimate(x2, b0, c20);
            c21 = Vector256.MultiplyAddEstimate(x2, b1, c21);
            c30 = Vector256.MultiplyAddEstimate(x3, b0, c30);
            c31 = Vector256.MultiplyAddEstimate(x3, b1, c31);
        }

        ref float c = ref MemoryMarshal.GetArrayDataReference(target);
        nuint at = (nuint)((row * n) + (panel * PanelWidth));
        c00.StoreUnsafe(ref c, at);
        c01.StoreUnsafe(ref c, at + 8);
        c10.StoreUnsafe(ref c, at + (nuint)n);
        c11.StoreUnsafe(ref c, at + (nuint)n + 8);
        c20.StoreUnsafe(ref c, at + (2 * (nuint)n));
        c21.StoreUnsafe(ref c, at + (2 * (nuint)n) + 8);
        c30.StoreUnsafe(ref c, at + (3 * (nuint)n));
        c31.StoreUnsafe(ref c, at + (3 * (nuint)n) + 8);
    }
}
