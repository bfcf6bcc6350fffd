using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Settings;

namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>
/// How sure it is that any of the tools found does what is asked: a logistic scale fitted on needs whose tool was there and was found, against needs whose
/// server was left out and nonsense, in catalogues of three servers and in whole sets, with and without vectors (tests/Evaluation, --doubts).
/// </summary>
internal static class ConfidenceScale
{
    private const double Base = -3.155;
    private const double PerLexical = 3.649;
    private const double WithVectors = -0.862;
    private const double PerSimilarity = 16.104;
    private const double PerSizeWithVectors = -0.569;
    private const double PerSizeByWords = 0.206;

    // Leans to trust: by words alone an exact match in a small catalogue must not be doubted.
    private const double ByWords = 0.5;

    /// <summary>What there is to judge by.</summary>
    /// <param name="candidates">All candidates, scored.</param>
    /// <param name="similarityOf">The similarity that counts.</param>
    /// <param name="usual">Mean similarity of all visible tools: what an unrelated tool has with this generator.</param>
    /// <param name="tools">Number of visible tools: among many, something is similar by chance.</param>
    public static ConfidenceEvidence Evidence(List<Candidate> candidates, Func<NeedScore, double> similarityOf, double usual, int tools)
    {
        double lexical = candidates.Select(candidate => candidate.Whole.Lexical).DefaultIfEmpty().Max();
        double similarity = candidates.Select(candidate => candidate.HasVector ? similarityOf(candidate.Whole) : -1).DefaultIfEmpty(-1).Max();
        return new ConfidenceEvidence(lexical, (similarity - usual) / Math.Max(0.1, 1 - usual), Math.Log(tools));
    }

    /// <summary>The probability that something fits.</summary>
    /// <param name="evidence">What there is to judge by.</param>
    /// <param name="hasVectors">Whether similarities count.</param>
    /// <param name="fitted">Constants of another generator; null for those of the built-in one.</param>
    public static double Of(ConfidenceEvidence evidence, bool hasVectors, ConfidenceConstants? fitted = null)
    {
        double sum = fitted is not null && hasVectors
            ? fitted.Base + (fitted.PerLexical * evidence.Lexical) + (fitted.PerSimilarity * evidence.Similarity) + (fitted.PerSize * evidence.Size)
            : Base + (PerLexical * evidence.Lexical)
                + (hasVectors ? WithVectors + (PerSimilarity * evidence.Similarity) + (PerSizeWithVectors * evidence.Size) : ByWords + (PerSizeByWords * evidence.Size));
        return Math.Round(1 / (1 + Math.Exp(-sum)), 4);
    }
}
