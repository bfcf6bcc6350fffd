using System.Text.Json.Serialization;

namespace McpOptimizer.Core.Services.Trust;

/// <summary>How reviews travel between replicas.</summary>
[JsonSerializable(typeof(IReadOnlyList<ReviewedEntry>))]
internal sealed partial class ReviewJsonContext : JsonSerializerContext;
