using System.Text.Json.Serialization;

namespace McpOptimizer.Server.Running;

/// <summary>The JSON of the file beside the database.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(RunningMark))]
internal sealed partial class RunningJson : JsonSerializerContext;
