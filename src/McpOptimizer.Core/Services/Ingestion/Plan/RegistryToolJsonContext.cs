using System.Text.Json.Serialization;

namespace McpOptimizer.Core.Services.Ingestion.Plan;

/// <summary>Writes definitions of registry tools.</summary>
[JsonSerializable(typeof(RegistryToolDetails))]
internal sealed partial class RegistryToolJsonContext : JsonSerializerContext;
