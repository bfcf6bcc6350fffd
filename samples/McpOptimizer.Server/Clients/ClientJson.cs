using System.Text.Json.Serialization;

namespace McpOptimizer.Server.Clients;

/// <summary>JSON of the client commands.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(ImportPlan))]
internal sealed partial class ClientJson : JsonSerializerContext;
