namespace McpOptimizer.Core.Services.Search.Ranking;

/// <summary>A request taken apart.</summary>
/// <param name="Text">The request, cut to the length that is read.</param>
/// <param name="Needs">What it asks for; one need for most requests, and the keywords as one more.</param>
internal sealed record ParsedQuery(string Text, IReadOnlyList<QueryNeed> Needs)
{
    /// <summary>Texts to embed: the whole request first, then each need when there are several.</summary>
    public IReadOnlyList<string> EmbeddedTexts
    {
        get
        {
            string whole = string.IsNullOrWhiteSpace(Text) ? Needs[^1].Text : Text;
            List<string> needs = [.. Needs.Where(need => !need.IsKeywords).Select(need => need.Text)];
            return needs.Count > 1 ? [whole, .. needs] : [whole];
        }
    }
}
