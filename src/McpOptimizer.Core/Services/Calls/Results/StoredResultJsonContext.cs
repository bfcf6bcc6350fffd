using System.Text.Json.Serialization;

namespace McpOptimizer.Core.Services.Calls.Results;

/// <summary>How kept results travel between replicas.</summary>
[JsonSerializable(typeof(StoredResult))]
internal sealed partial class StoredResultJsonContext : JsonSerializerContext;
