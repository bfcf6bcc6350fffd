namespace McpOptimizer.Core.Services.Embeddings;

/// <summary>How vectors of two spaces lie in one: the built-in vector first, then the other, each scaled by the root of its share.</summary>
/// <param name="BuiltIn">Components of the built-in vector.</param>
/// <param name="Share">Share of the built-in vector in the similarity.</param>
internal readonly record struct SpaceLayout(int BuiltIn, double Share)
{
    /// <summary>Length of the built-in part of a vector.</summary>
    public float Root => (float)Math.Sqrt(Share);

    /// <summary>Length of the other part.</summary>
    public float OtherRoot => (float)Math.Sqrt(1 - Share);
}
