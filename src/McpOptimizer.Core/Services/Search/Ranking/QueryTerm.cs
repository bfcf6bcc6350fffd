namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>One thing a request speaks of: a word, and the terms of the index that may stand for it.</summary>
internal sealed class QueryTerm(string term, string word, double weight)
{
    /// <summary>The stemmed term.</summary>
    public string Term { get; } = term;

    /// <summary>The folded word as it stands in the request.</summary>
    public string Word { get; } = word;

    /// <summary>How much the word matters in the request.</summary>
    public double Weight { get; set; } = weight;

    /// <summary>Terms that stand for the word, the word itself first, each with what it is worth beside the word itself.</summary>
    public List<(string Term, double Weight)> Variants { get; } = [(term, 1)];

    /// <summary>Adds a variant, or raises its weight.</summary>
    public void AddVariant(string variant, double variantWeight)
    {
        int at = Variants.FindIndex(known => known.Term == variant);
        if (at < 0)
        {
            Variants.Add((variant, variantWeight));
        }
        else if (Variants[at].Weight < variantWeight)
        {
            Variants[at] = (variant, variantWeight);
        }
    }
}
