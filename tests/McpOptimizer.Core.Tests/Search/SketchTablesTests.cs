using McpOptimizer.Core.Services.Search.Index;

namespace McpOptimizer.Core.Tests.Search;

/// <summary>The many-at-once comparison against the plain one.</summary>
public sealed class SketchTablesTests
{
    [Theory]
    [InlineData(1, 256)]
    [InlineData(31, 256)]
    [InlineData(33, 256)]
    [InlineData(100, 384)]
    [InlineData(40, 100)]
    [InlineData(5, 7)]
    public void Ranks_vectors_as_the_sum_over_their_signs_does(int count, int dimension)
    {
        Random random = new(count * dimension);
        float[] query = Vector(random, dimension);
        float[][] vectors = [.. Enumerable.Range(0, count).Select(_ => Vector(random, dimension))];
        byte[] sketches = new byte[VectorSketch.LengthOf(count, dimension)];
        for (int i = 0; i < count; i++)
        {
            VectorSketch.Write(vectors[i], sketches, i);
        }

        SketchTables tables = new(query);
        ushort[] scores = new ushort[count];
        tables.Score(sketches, query.Length, scores);

        // A table holds four components in 16 steps; each is off by half a step at most.
        int groups = VectorSketch.BytesOf(dimension) * 2;
        float largest = Enumerable.Range(0, groups).Max(group => query.Skip(group * 4).Take(4).Sum(Math.Abs));
        for (int i = 0; i < count; i++)
        {
            float sum = query.Zip(vectors[i], (q, v) => v > 0 ? q : -q).Sum();
            float expected = (sum + (groups * largest)) / (2 * largest) * 15;
            scores[i].Should().BeInRange((ushort)Math.Max(0, expected - (groups / 2f) - 1), (ushort)(expected + (groups / 2f) + 1));
            ((int)scores[i]).Should().BeLessThanOrEqualTo(tables.MaxScore);
        }
    }

    [Theory]
    [InlineData(256)]
    [InlineData(384)]
    [InlineData(100)]
    [InlineData(8)]
    [InlineData(136)]
    public void Every_place_of_a_group_scores_the_same_sum_of_steps(int dimension)
    {
        Random random = new(dimension);
        float[] query = Vector(random, dimension);
        float[][] vectors = [.. Enumerable.Range(0, 77).Select(_ => Vector(random, dimension))];
        byte[] sketches = new byte[VectorSketch.LengthOf(vectors.Length, dimension)];
        for (int i = 0; i < vectors.Length; i++)
        {
            VectorSketch.Write(vectors[i], sketches, i);
        }

        ushort[] scores = new ushort[vectors.Length];
        new SketchTables(query).Score(sketches, dimension, scores);

        int groups = VectorSketch.BytesOf(dimension) * 2;
        float largest = Enumerable.Range(0, groups).Max(group => query.Skip(group * 4).Take(4).Sum(Math.Abs));
        scores.Should().Equal(vectors.Select(vector => (ushort)Enumerable.Range(0, groups).Sum(group => Steps(group, vector))));

        int Steps(int group, float[] vector)
        {
            float sum = query.Zip(vector).Skip(group * 4).Take(4).Aggregate(0f, (sum, pair) => sum + (pair.Second > 0 ? pair.First : -pair.First));
            return (int)MathF.Round((sum + largest) / (2 * largest) * 15);
        }
    }

    [Fact]
    public void The_vector_itself_scores_highest()
    {
        Random random = new(5);
        float[][] vectors = [.. Enumerable.Range(0, 200).Select(_ => Vector(random, 256))];
        byte[] sketches = new byte[VectorSketch.LengthOf(vectors.Length, 256)];
        for (int i = 0; i < vectors.Length; i++)
        {
            VectorSketch.Write(vectors[i], sketches, i);
        }

        for (int wanted = 0; wanted < vectors.Length; wanted += 7)
        {
            ushort[] scores = new ushort[vectors.Length];
            new SketchTables(vectors[wanted]).Score(sketches, vectors[wanted].Length, scores);
            Array.IndexOf(scores, scores.Max()).Should().Be(wanted);
        }
    }

    private static float[] Vector(Random random, int dimension) => [.. Enumerable.Range(0, dimension).Select(_ => (random.NextSingle() * 2) - 1)];
}
