using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace McpOptimizer.Core.Services.Calls;

/// <summary>Serialization of what passes through calls.</summary>
[JsonSerializable(typeof(JsonNode))]
internal sealed partial class CallJsonContext : JsonSerializerContext;
