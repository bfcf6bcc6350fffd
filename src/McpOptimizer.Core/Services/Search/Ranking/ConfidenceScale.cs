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

    /// <summary>The probability that something fits; 0 without any candidate.</summary>
    /// <param name="candidates">All candidates, scored.</param>
    /// <param name="usual">Mean similarity of all visible tools: what an unrelated tool has with this generator.</param>
    /// <param name="tools">Number of visible tools: among many, something is similar by chance.</param>
    public static double Of(List<Candidate> candidates, double usual, int tools)
    {
        if (candidates.Count == 0)
        {
            return 0;
        }

        double lexical = candidates.Max(candidate => candidate.Whole.Lexical);
        double evidence = Base + (PerLexical * lexical);
        if (candidates.Any(candidate => candidate.HasVector))
        {
            double similarity = candidates.Max(candidate => candidate.HasVector ? candidate.Whole.Cosine : -1);
            evidence += WithVectors + (PerSimilarity * (similarity - usual) / Math.Max(0.1, 1 - usual)) + (PerSizeWithVectors * Math.Log(tools));
        }
        else
        {
            evidence += ByWords + (PerSizeByWords * Math.Log(tools));
        }

        return Math.Round(1 / (1 + Math.Exp(-evidence)), 4);
    }
}
