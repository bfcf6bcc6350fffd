using System.Text.Json;
using System.Text.Json.Serialization;

namespace McpOptimizer.Core.Clients.Wire;

/// <summary>Reads files that people write by hand: comments and trailing commas are welcome.</summary>
[JsonSourceGenerationOptions(ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(RegistryDocument))]
internal sealed partial class SourceFilesJsonContext : JsonSerializerContext;
