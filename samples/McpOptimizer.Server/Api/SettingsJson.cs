using System.Text.Json.Serialization;
using McpOptimizer.Core;

namespace McpOptimizer.Server.Api;

/// <summary>The options as configuration names them.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(McpOptimizerOptions))]
internal sealed partial class SettingsJson : JsonSerializerContext;
