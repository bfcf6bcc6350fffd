using McpOptimizer.Core.Services.Embeddings;

namespace McpOptimizer.Core.Tests.Embeddings;

public sealed class EncoderModelTests
{
    private const int Width = 64;
    private static readonly string[] Words = ["alpha", "beta", "gamma"];

    [Fact]
    public void Encode_KnownWords_EqualsThePlainSumToTheBit()
    {
        EncoderModel model = Model(pairBuckets: 0);
        float[] expected = new float[Width];
        foreach ((int word, float weight) in ((int, float)[])[(0, 1f), (2, 1f), (0, 0.5f)])
        {
            (float scale, int[] levels) = Unpack(Row(word));
            for (int i = 0; i < Width; i++)
            {
                float product = levels[i] * (scale * weight);
                expected[i] += product;
            }
        }

        double sum = expected.Sum(value => (double)value * value);
        float factor = (float)(1 / Math.Sqrt(sum));

        float[] actual = new float[Width];
        model.Encode("alpha gamma Alpha", actual);

        actual.Select(BitConverter.SingleToInt32Bits).Should().Equal(expected.Select(value => BitConverter.SingleToInt32Bits(value * factor)));
    }

    [Fact]
    public void Encode_UnknownWord_IsMadeOfItsPieces()
    {
        EncoderModel model = Model(pairBuckets: 0);
        float[] one = new float[Width];
        float[] other = new float[Width];

        model.Encode("deployments", one);
        model.Encode("deployment", other);

        one.Should().Contain(value => value != 0);
        System.Numerics.Tensors.TensorPrimitives.Dot<float>(one, other).Should().BeGreaterThan(0.5f);
    }

    [Fact]
    public void Encode_Pairs_TellOrder()
    {
        EncoderModel model = Model(pairBuckets: 64);
        float[] one = new float[Width];
        float[] other = new float[Width];

        model.Encode("alpha beta", one);
        model.Encode("beta alpha", other);

        one.Should().NotEqual(other);
    }

    [Fact]
    public void Encode_EmptyText_IsZero()
    {
        float[] vector = [.. Enumerable.Repeat(1f, Width)];

        Model(pairBuckets: 0).Encode(" ?! ", vector);

        vector.Should().OnlyContain(value => value == 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    [InlineData(200)]
    public void Read_CutFile_IsRefused(int length)
    {
        byte[] file = File(pairBuckets: 0);

        Action act = () => EncoderModel.Read(file[..length]);

        act.Should().Throw<InvalidDataException>();
    }

    private static EncoderModel Model(int pairBuckets) => EncoderModel.Read(File(pairBuckets));

    private static byte[] File(int pairBuckets)
    {
        EncoderHeader header = new()
        {
            ModelId = "test-1",
            Dimensions = Width,
            Words = Words.Length,
            PieceBuckets = 128,
            PairBuckets = pairBuckets,
            FullWords = 48,
            RepeatWeight = 0.5f,
        };
        return EncoderModel.Write(header, Words, row => Row(row));
    }

    private static float[] Row(int row)
    {
        Random random = new(row + 1);
        return [.. Enumerable.Range(0, Width).Select(_ => random.NextSingle() - 0.5f)];
    }

    private static (float Scale, int[] Levels) Unpack(float[] row)
    {
        byte[] packed = new byte[Width / 2];
        float scale = (float)EncoderQuantizer.Pack(row, packed);
        return (scale, [.. packed.Select(pair => (pair & 15) - 8), .. packed.Select(pair => (pair >> 4) - 8)]);
    }
}
