namespace McpOptimizer.Core.Services.Search.Index;

/// <summary>For each document its terms in order: those of the name first, then title and description; −1 stands between fields.</summary>
/// <param name="Starts">First entry of each document, and the number of entries at the end.</param>
/// <param name="Terms">Term ids.</param>
/// <param name="NameLengths">How many entries of a document are its name.</param>
internal sealed record ForwardIndex(int[] Starts, int[] Terms, byte[] NameLengths)
{
    /// <summary>Entry between two fields.</summary>
    public const int Gap = -1;

    /// <summary>The document's name terms.</summary>
    public ReadOnlySpan<int> Name(int document) => Terms.AsSpan(Starts[document], NameLengths[document]);

    /// <summary>All kept terms of the document.</summary>
    public ReadOnlySpan<int> All(int document) => Terms.AsSpan(Starts[document]..Starts[document + 1]);
}
