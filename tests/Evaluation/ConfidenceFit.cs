using System.Globalization;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Services.Embeddings;
using Microsoft.Extensions.AI;

namespace Evaluation;

/// <summary>Fits the constants of confidence to a generator: a logistic scale that tells right hits from hopeless needs and nonsense.</summary>
public sealed class ConfidenceFit(IEmbeddingGenerator<string, Embedding<float>> other)
{
    private const int Numbers = 4;
    private const int Rounds = 60;
    private const double Ridge = 1e-3;

    // A right hit that is called doubtful harms more than a hopeless need that is not.
    private const double RightWeight = 2;

    /// <summary>Prints the constants as they stand in the settings, then what they do on each set.</summary>
    public async Task WriteAsync(IReadOnlyList<EvaluationSet> sets, EmbeddingSettings embeddings, SearchSettings settings, TextWriter output, CancellationToken cancellationToken = default)
    {
        string model = (other.GetService(typeof(EmbeddingGeneratorMetadata)) as EmbeddingGeneratorMetadata)?.DefaultModelId ?? "";

        // Any constants of this model will do to have the evidence taken from both spaces.
        embeddings.Confidence = new ConfidenceConstants { Model = model };
        List<(double[] Values, double Weight, bool Fits)> samples = [];
        using (TwoSpaceGenerator generator = new(other, embeddings))
        {
            foreach (EvaluationSet set in sets)
            {
                foreach ((string _, DoubtSample sample) in await new DoubtEvaluation(generator).CollectAsync(set, settings, cancellationToken))
                {
                    // Every set and size counts the same, whatever number of needs it has.
                    Add(samples, sample.Right, RightWeight, fits: true);
                    Add(samples, sample.Hopeless, 1, fits: false);
                    Add(samples, sample.Nonsense, 1, fits: false);
                }
            }
        }

        double[] found = Fit(samples);
        embeddings.Confidence = new ConfidenceConstants { Model = model, Base = found[0], PerLexical = found[1], PerSimilarity = found[2], PerSize = found[3] };
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"\"Confidence\": {{ \"Model\": \"{model}\", \"Base\": {found[0]:0.000}, \"PerLexical\": {found[1]:0.000}, \"PerSimilarity\": {found[2]:0.000}, \"PerSize\": {found[3]:0.000} }}"));
        using TwoSpaceGenerator fitted = new(other, embeddings);
        foreach (EvaluationSet set in sets)
        {
            await new DoubtEvaluation(fitted).WriteAsync(set, settings, output, cancellationToken);
        }
    }

    private static void Add(List<(double[] Values, double Weight, bool Fits)> samples, List<ToolSearchResult> results, double weight, bool fits) =>
        samples.AddRange(results.Select(result => (new[] { 1, result.Evidence.Lexical, result.Evidence.Similarity, result.Evidence.Size }, weight / results.Count, fits)));

    // Newton's method; the weights of all samples together are small numbers, so that a little ridge keeps it from running away.
    private static double[] Fit(List<(double[] Values, double Weight, bool Fits)> samples)
    {
        double[] constants = new double[Numbers];
        for (int round = 0; round < Rounds; round++)
        {
            double[,] matrix = new double[Numbers, Numbers + 1];
            for (int i = 0; i < Numbers; i++)
            {
                matrix[i, i] = Ridge;
                matrix[i, Numbers] = -Ridge * constants[i];
            }

            foreach ((double[] values, double weight, bool fits) in samples)
            {
                double chance = 1 / (1 + Math.Exp(-values.Zip(constants, (value, constant) => value * constant).Sum()));
                for (int i = 0; i < Numbers; i++)
                {
                    matrix[i, Numbers] += weight * ((fits ? 1 : 0) - chance) * values[i];
                    for (int j = 0; j < Numbers; j++)
                    {
                        matrix[i, j] += weight * chance * (1 - chance) * values[i] * values[j];
                    }
                }
            }

            double[] step = Solve(matrix);
            for (int i = 0; i < Numbers; i++)
            {
                constants[i] += step[i];
            }
        }

        return constants;
    }

    // Symmetric and positive: no need to look for a pivot.
    private static double[] Solve(double[,] matrix)
    {
        for (int i = 0; i < Numbers; i++)
        {
            for (int row = 0; row < Numbers; row++)
            {
                double factor = row == i ? 0 : matrix[row, i] / matrix[i, i];
                for (int column = i; column <= Numbers; column++)
                {
                    matrix[row, column] -= factor * matrix[i, column];
                }
            }
        }

        return [.. Enumerable.Range(0, Numbers).Select(i => matrix[i, Numbers] / matrix[i, i])];
    }
}
