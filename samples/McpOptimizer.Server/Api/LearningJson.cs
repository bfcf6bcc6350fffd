using System.Text.Json;
using System.Text.Json.Serialization;

namespace McpOptimizer.Server.Api;

/// <summary>JSON of the learning endpoints.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(ForgetBody))]
[JsonSerializable(typeof(LearningBody))]
internal sealed partial class LearningJson : JsonSerializerContext;
