using System.Text.Json;
using System.Text.Json.Serialization;

namespace McpOptimizer.Server.Api;

/// <summary>Writes members of an enumeration as words in snake case.</summary>
internal sealed class ApiWord<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false)
    where T : struct, Enum;
