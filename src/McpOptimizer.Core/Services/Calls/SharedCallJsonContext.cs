using System.Text.Json.Serialization;
using McpOptimizer.Core.Models.Calls;

namespace McpOptimizer.Core.Services.Calls;

/// <summary>How replies and what came of them travel between replicas.</summary>
[JsonSourceGenerationOptions(MaxDepth = 1_000)]
[JsonSerializable(typeof(SharedAnswer))]
[JsonSerializable(typeof(ToolCallOutcome))]
internal sealed partial class SharedCallJsonContext : JsonSerializerContext;
