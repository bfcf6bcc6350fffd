using System.Text.Json.Serialization;

namespace McpOptimizer.Core.Clients.Wire.Embeddings;

/// <summary>What <c>GET /info</c> tells, as far as it matters here.</summary>
internal sealed record TeiInfo
{
    /// <summary>Name of the model, e.g. "BAAI/bge-small-en-v1.5".</summary>
    [JsonPropertyName("model_id")]
    public string? ModelId { get; init; }

    /// <summary>Revision of the model's files.</summary>
    [JsonPropertyName("model_sha")]
    public string? ModelSha { get; init; }

    /// <summary>Most texts in one request.</summary>
    [JsonPropertyName("max_client_batch_size")]
    public int? MaxClientBatchSize { get; init; }
}
