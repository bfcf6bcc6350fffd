namespace McpOptimizer.Encoder.MiniLM;

/// <summary>One layer of the model.</summary>
internal sealed class MiniLmBlock
{
    /// <summary>Makes query, key and value of a token, in this order.</summary>
    public required MiniLmMatrix QueryKeyValue { get; init; }

    /// <summary>Takes over what a token gathered from the others.</summary>
    public required MiniLmMatrix Attention { get; init; }

    /// <summary>Norm after the attention.</summary>
    public required MiniLmNorm AttentionNorm { get; init; }

    /// <summary>From the token's width to four times as much.</summary>
    public required MiniLmMatrix Widening { get; init; }

    /// <summary>And back.</summary>
    public required MiniLmMatrix Narrowing { get; init; }

    /// <summary>Norm at the end.</summary>
    public required MiniLmNorm OutputNorm { get; init; }
}
