using System.Text.Json;
using System.Text.Json.Serialization;

namespace McpOptimizer.Server.Trust;

/// <summary>Writes states, actions and severities as their names in lower case.</summary>
internal sealed class TrustWord<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.CamelCase)
    where T : struct, Enum;
