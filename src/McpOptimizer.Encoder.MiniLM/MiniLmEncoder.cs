using System.Buffers;
using System.Runtime.Intrinsics;

namespace McpOptimizer.Encoder.MiniLM;

/// <summary>Runs the model over one text: every token looks at every other, six times, and the mean of what they come to is the text's vector.</summary>
/// <remarks>Stateless and safe for any number of threads; texts never share a run, so that a vector depends on its text alone.</remarks>
internal sealed unsafe class MiniLmEncoder(MiniLmModel model)
{
    private const int Hidden = MiniLmModel.Hidden;
    private const int Inner = MiniLmModel.Inner;
    private const int HeadWidth = Hidden / MiniLmModel.Heads;
    private const int QueryKeyValue = 3 * Hidden;

    // 1 / √32
    private const float ScoreScale = 0.17677669f;

    private readonly MiniLmTokenizer _tokenizer = new(model.Vocabulary);

    /// <summary>Writes the unit vector of a text.</summary>
    /// <param name="text">What follows the first 254 pieces of words is not seen.</param>
    /// <param name="vector">384 places.</param>
    public void Encode(ReadOnlySpan<char> text, Span<float> vector)
    {
        int[] ids = ArrayPool<int>.Shared.Rent(MiniLmModel.MaxTokens);
        int tokens = _tokenizer.Tokenize(text, ids.AsSpan(0, MiniLmModel.MaxTokens));
        float[] hidden = ArrayPool<float>.Shared.Rent(tokens * Hidden);
        float[] wide = ArrayPool<float>.Shared.Rent(tokens * Inner);
        float[] gathered = ArrayPool<float>.Shared.Rent(tokens * Hidden);
        Span<float> states = hidden.AsSpan(0, tokens * Hidden);
        LookUp(ids.AsSpan(0, tokens), states);
        foreach (MiniLmBlock block in model.Blocks)
        {
            Span<float> mixed = wide.AsSpan(0, tokens * QueryKeyValue);
            Span<float> result = gathered.AsSpan(0, tokens * Hidden);
            block.QueryKeyValue.Multiply(tokens, states, mixed);
            Attend(tokens, mixed, result);
            Span<float> taken = wide.AsSpan(0, tokens * Hidden);
            block.Attention.Multiply(tokens, result, taken);
            AddAndNorm(states, taken, block.AttentionNorm);
            Span<float> inner = wide.AsSpan(0, tokens * Inner);
            block.Widening.Multiply(tokens, states, inner);
            for (int i = 0; i < inner.Length; i += Vector256<float>.Count)
            {
                FixedMath.Gelu(Vector256.LoadUnsafe(ref inner[i])).StoreUnsafe(ref inner[i]);
            }

            block.Narrowing.Multiply(tokens, inner, result);
            AddAndNorm(states, result, block.OutputNorm);
        }

        MeanOf(tokens, states, vector);
        ArrayPool<int>.Shared.Return(ids);
        ArrayPool<float>.Shared.Return(hidden);
        ArrayPool<float>.Shared.Return(wide);
        ArrayPool<float>.Shared.Return(gathered);
    }

    private void LookUp(ReadOnlySpan<int> ids, Span<float> states)
    {
        for (int t = 0; t < ids.Length; t++)
        {
            Span<float> state = states.Slice(t * Hidden, Hidden);
            ReadOnlySpan<float> place = model.PositionVectors.AsSpan(t * Hidden, Hidden);
            sbyte* codes = model.WordCodes + ((long)ids[t] * Hidden);
            float scale = model.WordScales[ids[t]];
            for (int i = 0; i < Hidden; i++)
            {
                state[i] = (codes[i] * scale) + place[i];
            }

            model.EmbeddingNorm.Apply(state);
        }
    }

    private static void AddAndNorm(Span<float> states, ReadOnlySpan<float> more, MiniLmNorm norm)
    {
        for (int start = 0; start < states.Length; start += Hidden)
        {
            Span<float> state = states.Slice(start, Hidden);
            for (int i = 0; i < Hidden; i += Vector256<float>.Count)
            {
                (Vector256.LoadUnsafe(ref state[i]) + Vector256.LoadUnsafe(in more[start + i])).StoreUnsafe(ref state[i]);
            }

            norm.Apply(state);
        }
    }

    // Each head on its own: how much a token wants of every other, and the mixture of what they offer.
    private static void Attend(int tokens, ReadOnlySpan<float> mixed, Span<float> result)
    {
        int room = (tokens + Vector256<float>.Count - 1) / Vector256<float>.Count * Vector256<float>.Count;
        Span<float> shares = stackalloc float[MiniLmModel.MaxTokens];
        shares = shares[..room];
        for (int head = 0; head < MiniLmModel.Heads; head++)
        {
            int offset = head * HeadWidth;
            for (int t = 0; t < tokens; t++)
            {
                ReadOnlySpan<float> query = mixed.Slice((t * QueryKeyValue) + offset, HeadWidth);
                Vector256<float> q0 = Vector256.LoadUnsafe(in query[0]);
                Vector256<float> q1 = Vector256.LoadUnsafe(in query[8]);
                Vector256<float> q2 = Vector256.LoadUnsafe(in query[16]);
                Vector256<float> q3 = Vector256.LoadUnsafe(in query[24]);
                float largest = float.NegativeInfinity;
                for (int other = 0; other < tokens; other++)
                {
                    ref readonly float key = ref mixed[(other * QueryKeyValue) + Hidden + offset];
                    Vector256<float> sums = (q0 * Vector256.LoadUnsafe(in key)) + (q1 * Vector256.LoadUnsafe(in key, 8))
                        + ((q2 * Vector256.LoadUnsafe(in key, 16)) + (q3 * Vector256.LoadUnsafe(in key, 24)));
                    shares[other] = FixedMath.Sum(sums) * ScoreScale;
                    largest = Math.Max(largest, shares[other]);
                }

                float all = Soften(shares, tokens, largest);
                Vector256<float> r0 = default, r1 = default, r2 = default, r3 = default;
                for (int other = 0; other < tokens; other++)
                {
                    ref readonly float value = ref mixed[(other * QueryKeyValue) + (2 * Hidden) + offset];
                    Vector256<float> share = Vector256.Create(shares[other]);
                    r0 += share * Vector256.LoadUnsafe(in value);
                    r1 += share * Vector256.LoadUnsafe(in value, 8);
                    r2 += share * Vector256.LoadUnsafe(in value, 16);
                    r3 += share * Vector256.LoadUnsafe(in value, 24);
                }

                Vector256<float> whole = Vector256.Create(1 / all);
                Span<float> target = result.Slice((t * Hidden) + offset, HeadWidth);
                (r0 * whole).StoreUnsafe(ref target[0]);
                (r1 * whole).StoreUnsafe(ref target[8]);
                (r2 * whole).StoreUnsafe(ref target[16]);
                (r3 * whole).StoreUnsafe(ref target[24]);
            }
        }
    }

    // e to the power of each, the largest being 1; returns their sum.
    private static float Soften(Span<float> shares, int tokens, float largest)
    {
        shares[tokens..].Fill(float.NegativeInfinity);
        Vector256<float> top = Vector256.Create(largest);
        for (int i = 0; i < shares.Length; i += Vector256<float>.Count)
        {
            FixedMath.Exp(Vector256.LoadUnsafe(ref shares[i]) - top).StoreUnsafe(ref shares[i]);
        }

        shares[tokens..].Clear();
        return FixedMath.Sum(shares);
    }

    private static void MeanOf(int tokens, ReadOnlySpan<float> states, Span<float> vector)
    {
        vector.Clear();
        for (int t = 0; t < tokens; t++)
        {
            for (int i = 0; i < Hidden; i++)
            {
                vector[i] += states[(t * Hidden) + i];
            }
        }

        double squares = 0;
        foreach (float value in vector)
        {
            squares += (double)value * value;
        }

        float factor = (float)(1 / Math.Sqrt(squares));
        for (int i = 0; i < Hidden; i++)
        {
            vector[i] *= factor;
        }
    }
}
