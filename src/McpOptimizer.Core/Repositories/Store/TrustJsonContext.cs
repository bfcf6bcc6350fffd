using System.Text.Json.Serialization;
using McpOptimizer.Core.Models.Trust;

namespace McpOptimizer.Core.Repositories.Store;

/// <summary>How findings are kept in their column.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true)]
[JsonSerializable(typeof(IReadOnlyList<TrustFinding>))]
internal sealed partial class TrustJsonContext : JsonSerializerContext;
