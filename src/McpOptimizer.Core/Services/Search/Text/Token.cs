namespace McpOptimizer.Core.Services.Search.Text;

/// <summary>One word found in a text.</summary>
/// <param name="Start">Where its folded characters start in the buffer.</param>
/// <param name="Length">How many there are.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Parts">For a <see cref="TokenKind.Compound"/>: how many of the tokens before it are its parts.</param>
/// <param name="Source">Where the word starts in the source text.</param>
internal readonly record struct Token(int Start, int Length, TokenKind Kind, int Parts, int Source);
