namespace McpOptimizer.Core.Services.Search.Text;

/// <summary>What a token is.</summary>
internal enum TokenKind : byte
{
    /// <summary>A word of its own.</summary>
    Word,

    /// <summary>A piece of a word written in camel case.</summary>
    Part,

    /// <summary>The whole word whose pieces come right before it.</summary>
    Compound,

    /// <summary>The letters of a word that mixes letters and digits, which comes right before it.</summary>
    Letters,

    /// <summary>Digits only.</summary>
    Number,

    /// <summary>One or two characters of a script that puts no spaces between words.</summary>
    Unspaced,

    /// <summary>An emoji or other symbol.</summary>
    Symbol,
}
