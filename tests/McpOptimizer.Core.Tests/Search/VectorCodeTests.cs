using System.Numerics.Tensors;
using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Tests.Search;

public class VectorCodeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(37)]
    [InlineData(256)]
    [InlineData(640)]
    public void Decode_AnyVector_PointsWhereItPointed(int dimension)
    {
        Random random = new(dimension);
        for (int run = 0; run < 50; run++)
        {
            float[] vector = [.. Enumerable.Range(0, dimension).Select(_ => (float)(random.NextDouble() - 0.5) * (random.Next(10) == 0 ? 3 : 0.1f))];
            (sbyte[] codes, byte[] remainders) = Encode(vector);
            float[] read = new float[dimension];

            VectorCode.Decode(codes, remainders, read);

            TensorPrimitives.CosineSimilarity(vector, read).Should().BeApproximately(1, 1e-5f, "half floats are not more exact");
        }
    }

    [Fact]
    public void Decode_FirstComponentsAlone_AreThoseOfTheWhole()
    {
        Random random = new(3);
        float[] vector = [.. Enumerable.Range(0, 100).Select(_ => (float)random.NextDouble() - 0.5f)];
        (sbyte[] codes, byte[] remainders) = Encode(vector);
        float[] whole = new float[100];
        float[] part = new float[41];

        VectorCode.Decode(codes, remainders, whole);
        VectorCode.Decode(codes.AsSpan(0, 41), remainders, part);

        part.Should().Equal(whole[..41]);
    }

    [Fact]
    public void Encode_AnyVector_GivesWhatOneComponentAtATimeGives()
    {
        Random random = new(5);
        for (int run = 0; run < 500; run++)
        {
            float[] vector = [.. Enumerable.Range(0, random.Next(1, 70)).Select(_ => random.Next(6) == 0 ? 0 : (float)Math.Round(random.NextDouble() - 0.5, random.Next(1, 8)))];
            vector[0] += 0.01f;
            sbyte[] codes = new sbyte[vector.Length];
            byte[] remainders = new byte[VectorCode.RemainderBytes(vector.Length)];

            float step = VectorCode.Encode(vector, codes, remainders);

            float steps = 127 / vector.Max(Math.Abs);
            step.Should().Be(vector.Max(Math.Abs) / 127);
            for (int i = 0; i < vector.Length; i++)
            {
                float code = MathF.Round(vector[i] * steps);
                int rest = Math.Min((int)MathF.Round(((vector[i] * steps) - code) * 16), 7) + 8;
                codes[i].Should().Be((sbyte)code);
                ((remainders[i / 2] >> (i % 2 * 4)) & 0x0F).Should().Be(rest);
            }
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Encode_AnythingThatIsNoNumber_IsNoVector(float value)
    {
        for (int at = 0; at < 19; at++)
        {
            float[] vector = [.. Enumerable.Repeat(0.5f, 19)];
            vector[at] = value;
            VectorCode.Encode(vector, new sbyte[19], new byte[10]).Should().Be(0);
        }
    }

    private static (sbyte[] Codes, byte[] Remainders) Encode(float[] vector)
    {
        sbyte[] codes = new sbyte[vector.Length];
        byte[] remainders = new byte[VectorCode.RemainderBytes(vector.Length)];
        VectorCode.Encode(vector, codes, remainders).Should().BePositive();
        return (codes, remainders);
    }
}
