using System.Text.Json.Serialization;

namespace McpOptimizer.Core.Clients.Wire.Embeddings;

/// <summary>Body of <c>POST /embeddings</c>.</summary>
internal sealed record OpenAiEmbeddingRequest
{
    /// <summary>Name of the model.</summary>
    public required string Model { get; init; }

    /// <summary>The texts; none may be empty.</summary>
    public required IReadOnlyList<string> Input { get; init; }

    /// <summary>Plain numbers; some services would answer base64.</summary>
    [JsonPropertyName("encoding_format")]
    public string EncodingFormat { get; } = "float";

    /// <summary>Length asked for; left out when null.</summary>
    public int? Dimensions { get; init; }
}
