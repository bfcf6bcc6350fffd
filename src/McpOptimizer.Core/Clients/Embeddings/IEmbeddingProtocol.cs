namespace McpOptimizer.Core.Clients.Embeddings;

/// <summary>What differs between embedding services.</summary>
internal interface IEmbeddingProtocol
{
    /// <summary>Most texts the service takes at once, as far as it is known.</summary>
    int MaxBatch { get; }

    /// <summary>Asks which model the service has now; null when it cannot be asked.</summary>
    Task<string?> ReadModelAsync(CancellationToken cancellationToken);

    /// <summary>The vectors of some texts, in order.</summary>
    Task<EmbeddingBatch> EmbedAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken);
}
