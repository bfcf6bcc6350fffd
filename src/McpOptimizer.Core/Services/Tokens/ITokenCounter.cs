namespace McpOptimizer.Core.Services.Tokens;

/// <summary>Counts tokens of a text as a language model would. Replace it to count with a model's own vocabulary.</summary>
public interface ITokenCounter
{
    /// <summary>Tokens of a UTF-8 text.</summary>
    int Count(ReadOnlySpan<byte> utf8);
}
