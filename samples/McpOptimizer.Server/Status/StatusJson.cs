using System.Text.Json.Serialization;

namespace McpOptimizer.Server.Status;

/// <summary>The JSON of servers and what they wrote, over HTTP and on the command line.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ServerList))]
[JsonSerializable(typeof(ServerRow[]))]
[JsonSerializable(typeof(ServerLines))]
[JsonSerializable(typeof(ToolRows))]
internal sealed partial class StatusJson : JsonSerializerContext;
