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

    private static (sbyte[] Codes, byte[] Remainders) Encode(float[] vector)
    {
        sbyte[] codes = new sbyte[vector.Length];
        byte[] remainders = new byte[VectorCode.RemainderBytes(vector.Length)];
        VectorCode.Encode(vector, codes, remainders).Should().BePositive();
        return (codes, remainders);
    }
}
