namespace McpOptimizer.Core.Services.Embeddings;

/// <summary>What a model file says of itself, ahead of its tables.</summary>
internal sealed record EncoderHeader
{
    /// <summary>Name, version and a digest of the tables; part of content hashes, so that another model re-embeds.</summary>
    public required string ModelId { get; init; }

    /// <summary>Length of a vector; a multiple of 32.</summary>
    public required int Dimensions { get; init; }

    /// <summary>Words with a row of their own.</summary>
    public required int Words { get; init; }

    /// <summary>Rows shared by the pieces (3 to 5 letters) of all other words.</summary>
    public required int PieceBuckets { get; init; }

    /// <summary>Rows shared by pairs of neighbouring words.</summary>
    public required int PairBuckets { get; init; }

    /// <summary>Words counted in full; later ones count <c>FullWords / position</c>, since a tool says what it does first.</summary>
    public required int FullWords { get; init; }

    /// <summary>Weight of the second and later occurrences of a word.</summary>
    public required float RepeatWeight { get; init; }
}
