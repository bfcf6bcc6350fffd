using System.Text.Json.Serialization;

namespace McpOptimizer.Core.Clients.Wire.Embeddings;

/// <summary>JSON of embedding services.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip)]
[JsonSerializable(typeof(TeiEmbedRequest))]
[JsonSerializable(typeof(TeiInfo))]
[JsonSerializable(typeof(float[][]))]
[JsonSerializable(typeof(OpenAiEmbeddingRequest))]
[JsonSerializable(typeof(OpenAiEmbeddingResponse))]
internal sealed partial class EmbeddingJsonContext : JsonSerializerContext;
