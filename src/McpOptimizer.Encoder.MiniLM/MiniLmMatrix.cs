using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace McpOptimizer.Encoder.MiniLM;

/// <summary>
/// A matrix of bytes with a scale per output. Products are sums of whole numbers, so that every processor has the same result whichever instructions it
/// has; a token is brought to bytes on its own, so that its result does not depend on its neighbours.
/// </summary>
internal sealed unsafe class MiniLmMatrix
{
    private const int OutputsPerBlock = 8;
    private const int InputsPerBlock = 4;
    private const int BlockLength = OutputsPerBlock * InputsPerBlock;
    private const int Steps = 127;

    // The instruction that multiplies bytes wants one side without sign.
    private const int Shift = 128;

    private readonly float[] _scales;
    private readonly float[] _bias;
    private readonly int[] _sums;
    private readonly sbyte* _codes;

    public MiniLmMatrix(int inputs, int outputs, float[] scales, float[] bias, sbyte* codes)
    {
        Inputs = inputs;
        Outputs = outputs;
        _scales = scales;
        _bias = bias;
        _codes = codes;
        _sums = new int[outputs];
        for (int output = 0; output < outputs; output++)
        {
            sbyte* own = codes + ((output / OutputsPerBlock) * (long)inputs * OutputsPerBlock) + (output % OutputsPerBlock * InputsPerBlock);
            for (int input = 0; input < inputs; input++)
            {
                _sums[output] += own[(input / InputsPerBlock * BlockLength) + (input % InputsPerBlock)];
            }
        }
    }

    /// <summary>Components that go in.</summary>
    public int Inputs { get; }

    /// <summary>Components that come out.</summary>
    public int Outputs { get; }

    /// <summary>Multiplies tokens.</summary>
    /// <param name="tokens">How many.</param>
    /// <param name="input">Their vectors, one after the other.</param>
    /// <param name="output">Where the results go.</param>
    public void Multiply(int tokens, ReadOnlySpan<float> input, Span<float> output)
    {
        float[] scales = new float[tokens];
        byte* codes = (byte*)NativeMemory.AlignedAlloc((nuint)(tokens * Inputs), 64);
        int* products = stackalloc int[OutputsPerBlock * 2 * 4];
        try
        {
            for (int t = 0; t < tokens; t++)
            {
                scales[t] = Quantize(input.Slice(t * Inputs, Inputs), codes + (t * Inputs));
            }

            // All tokens for a few outputs: those outputs' weights are read from memory once.
            for (int first = 0; first < Outputs; first += 2 * OutputsPerBlock)
            {
                for (int t = 0; t < tokens; t += 4)
                {
                    int count = Math.Min(4, tokens - t);
                    Multiply(codes + (t * Inputs), count, _codes + ((long)first * Inputs), products);
                    for (int i = 0; i < count; i++)
                    {
                        Scale(products + (i * 2 * OutputsPerBlock), first, scales[t + i], output.Slice(((t + i) * Outputs) + first, 2 * OutputsPerBlock));
                    }
                }
            }
        }
        finally
        {
            NativeMemory.AlignedFree(codes);
        }
    }

    // Codes from 1 to 255, of which 128 is nothing.
    private static float Quantize(ReadOnlySpan<float> vector, byte* codes)
    {
        Vector256<float> largest = Vector256<float>.Zero;
        for (int i = 0; i < vector.Length; i += Vector256<float>.Count)
        {
            largest = Vector256.Max(largest, Vector256.Abs(Vector256.LoadUnsafe(in vector[i])));
        }

        float top = 0;
        for (int i = 0; i < Vector256<float>.Count; i++)
        {
            top = Math.Max(top, largest[i]);
        }

        float steps = top > 0 ? Steps / top : 0;
        for (int i = 0; i < vector.Length; i += 2 * Vector256<float>.Count)
        {
            // A number of this size has no room for a fraction: adding it rounds to the nearest whole number, an even one in the middle.
            Vector256<int> low = Vector256.ConvertToInt32((Vector256.LoadUnsafe(in vector[i]) * steps) + Vector256.Create(12_582_912f) - Vector256.Create(12_582_912f));
            Vector256<int> high = Vector256.ConvertToInt32((Vector256.LoadUnsafe(in vector[i + 8]) * steps) + Vector256.Create(12_582_912f) - Vector256.Create(12_582_912f));
            Vector256<short> both = Vector256.Narrow(low, high) + Vector256.Create((short)Shift);
            Vector128.Narrow(both.GetLower().AsUInt16(), both.GetUpper().AsUInt16()).Store(codes + i);
        }

        return top / Steps;
    }

    private void Scale(int* products, int first, float scale, Span<float> target)
    {
        Vector256<float> scales = Vector256.Create(scale);
        for (int i = 0; i < 2 * OutputsPerBlock; i += Vector256<float>.Count)
        {
            Vector256<int> whole = Vector256.Load(products + i) - (Vector256.LoadUnsafe(ref _sums[first + i]) * Shift);
            Vector256<float> value = (Vector256.ConvertToSingle(whole) * (Vector256.LoadUnsafe(ref _scales[first + i]) * scales)) + Vector256.LoadUnsafe(ref _bias[first + i]);
            value.StoreUnsafe(ref target[i]);
        }
    }

    // Up to four tokens by sixteen outputs; the products include the shift.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(byte* tokens, int count, sbyte* weights, int* products)
    {
        if (AvxVnni.IsSupported)
        {
            MultiplyBytes(tokens, count, weights, products);
        }
        else if (Avx512BW.IsSupported)
        {
            for (int t = 0; t < count; t++)
            {
                MultiplyWide(tokens + (t * Inputs), weights, products + (t * 2 * OutputsPerBlock));
            }
        }
        else if (Avx2.IsSupported)
        {
            for (int t = 0; t < count; t++)
            {
                MultiplyPairs(tokens + (t * Inputs), weights, products + (t * 2 * OutputsPerBlock));
            }
        }
        else
        {
            for (int t = 0; t < count; t++)
            {
                MultiplyAnywhere(tokens + (t * Inputs), weights, products + (t * 2 * OutputsPerBlock));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyBytes(byte* tokens, int count, sbyte* weights, int* products)
    {
        sbyte* others = weights + ((long)Inputs * OutputsPerBlock);
        if (count == 4)
        {
            byte* token1 = tokens + Inputs;
            byte* token2 = token1 + Inputs;
            byte* token3 = token2 + Inputs;
            Vector256<int> a0 = default, a1 = default, a2 = default, a3 = default, b0 = default, b1 = default, b2 = default, b3 = default;
            for (int i = 0; i < Inputs; i += InputsPerBlock)
            {
                Vector256<sbyte> a = Vector256.Load(weights);
                Vector256<sbyte> b = Vector256.Load(others);
                Vector256<byte> x = Vector256.Create(*(int*)(tokens + i)).AsByte();
                a0 = AvxVnni.MultiplyWideningAndAdd(a0, x, a);
                b0 = AvxVnni.MultiplyWideningAndAdd(b0, x, b);
                x = Vector256.Create(*(int*)(token1 + i)).AsByte();
                a1 = AvxVnni.MultiplyWideningAndAdd(a1, x, a);
                b1 = AvxVnni.MultiplyWideningAndAdd(b1, x, b);
                x = Vector256.Create(*(int*)(token2 + i)).AsByte();
                a2 = AvxVnni.MultiplyWideningAndAdd(a2, x, a);
                b2 = AvxVnni.MultiplyWideningAndAdd(b2, x, b);
                x = Vector256.Create(*(int*)(token3 + i)).AsByte();
                a3 = AvxVnni.MultiplyWideningAndAdd(a3, x, a);
                b3 = AvxVnni.MultiplyWideningAndAdd(b3, x, b);
                weights += BlockLength;
                others += BlockLength;
            }

            a0.Store(products);
            b0.Store(products + 8);
            a1.Store(products + 16);
            b1.Store(products + 24);
            a2.Store(products + 32);
            b2.Store(products + 40);
            a3.Store(products + 48);
            b3.Store(products + 56);
            return;
        }

        for (int t = 0; t < count; t++)
        {
            byte* token = tokens + (t * Inputs);
            Vector256<int> a0 = default, b0 = default, a1 = default, b1 = default;
            sbyte* first = weights;
            sbyte* second = others;
            for (int i = 0; i < Inputs; i += 2 * InputsPerBlock)
            {
                Vector256<byte> x = Vector256.Create(*(int*)(token + i)).AsByte();
                a0 = AvxVnni.MultiplyWideningAndAdd(a0, x, Vector256.Load(first));
                b0 = AvxVnni.MultiplyWideningAndAdd(b0, x, Vector256.Load(second));
                x = Vector256.Create(*(int*)(token + i + 4)).AsByte();
                a1 = AvxVnni.MultiplyWideningAndAdd(a1, x, Vector256.Load(first + BlockLength));
                b1 = AvxVnni.MultiplyWideningAndAdd(b1, x, Vector256.Load(second + BlockLength));
                first += 2 * BlockLength;
                second += 2 * BlockLength;
            }

            (a0 + a1).Store(products + (t * 16));
            (b0 + b1).Store(products + (t * 16) + 8);
        }
    }

    // Each lane holds two of an output's four inputs; neighbours are added at the end.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyWide(byte* token, sbyte* weights, int* products)
    {
        for (int half = 0; half < 2; half++, weights += (long)Inputs * OutputsPerBlock)
        {
            Vector512<int> sums = Vector512<int>.Zero;
            for (int i = 0; i < Inputs; i += InputsPerBlock)
            {
                Vector512<short> x = Vector512.Create(Widen(token + i)).AsInt16();
                sums += Avx512BW.MultiplyAddAdjacent(Avx512BW.ConvertToVector512Int16(Vector256.Load(weights + (i * OutputsPerBlock))), x);
            }

            for (int output = 0; output < OutputsPerBlock; output++)
            {
                products[(half * OutputsPerBlock) + output] = sums[2 * output] + sums[(2 * output) + 1];
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyPairs(byte* token, sbyte* weights, int* products)
    {
        for (int half = 0; half < 2; half++, weights += (long)Inputs * OutputsPerBlock)
        {
            Vector256<int> low = Vector256<int>.Zero;
            Vector256<int> high = Vector256<int>.Zero;
            for (int i = 0; i < Inputs; i += InputsPerBlock)
            {
                Vector256<short> x = Vector256.Create(Widen(token + i)).AsInt16();
                sbyte* block = weights + (i * OutputsPerBlock);
                low += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.Load(block)), x);
                high += Avx2.MultiplyAddAdjacent(Avx2.ConvertToVector256Int16(Vector128.Load(block + 16)), x);
            }

            for (int output = 0; output < OutputsPerBlock / 2; output++)
            {
                products[(half * OutputsPerBlock) + output] = low[2 * output] + low[(2 * output) + 1];
                products[(half * OutputsPerBlock) + output + 4] = high[2 * output] + high[(2 * output) + 1];
            }
        }
    }

    private void MultiplyAnywhere(byte* token, sbyte* weights, int* products)
    {
        for (int half = 0; half < 2; half++, weights += (long)Inputs * OutputsPerBlock)
        {
            // Pairs of inputs: the even ones and the odd ones of an output lie apart and are added at the end.
            Vector128<int> s0 = default, s1 = default, s2 = default, s3 = default;
            for (int i = 0; i < Inputs; i += InputsPerBlock)
            {
                Vector128<short> x = Vector128.Create(Widen(token + i)).AsInt16();
                sbyte* block = weights + (i * OutputsPerBlock);
                (Vector128<short> a, Vector128<short> b) = Vector128.Widen(Vector128.Load(block));
                (Vector128<short> c, Vector128<short> d) = Vector128.Widen(Vector128.Load(block + 16));
                s0 += Pairs(a, x);
                s1 += Pairs(b, x);
                s2 += Pairs(c, x);
                s3 += Pairs(d, x);
            }

            ReadOnlySpan<Vector128<int>> sums = [s0, s1, s2, s3];
            for (int output = 0; output < OutputsPerBlock; output++)
            {
                Vector128<int> own = sums[output / 2];
                int lane = output % 2;
                products[(half * OutputsPerBlock) + output] = own[lane] + own[lane + 2];
            }
        }
    }

    // Eight products of 255 by 127 at most do not fit in 16 bits: widened first, then the two inputs of the lower and of the upper half are added.
    private static Vector128<int> Pairs(Vector128<short> weights, Vector128<short> x)
    {
        (Vector128<int> w0, Vector128<int> w1) = Vector128.Widen(weights);
        (Vector128<int> x0, Vector128<int> x1) = Vector128.Widen(x);
        Vector128<int> first = w0 * x0;
        Vector128<int> second = w1 * x1;
        return Vector128.Create(first[0] + first[1], second[0] + second[1], first[2] + first[3], second[2] + second[3]);
    }

    // Four bytes without sign as four numbers of 16 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Widen(byte* four)
    {
        ulong value = *(uint*)four;
        value = (value | (value << 16)) & 0x0000_FFFF_0000_FFFF;
        return (value | (value << 8)) & 0x00FF_00FF_00FF_00FF;
    }
}
