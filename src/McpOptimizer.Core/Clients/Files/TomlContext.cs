using Tomlyn.Model;
using Tomlyn.Serialization;

namespace McpOptimizer.Core.Clients.Files;

/// <summary>Reads TOML without reflection.</summary>
[TomlSerializable(typeof(TomlTable))]
internal sealed partial class TomlContext : TomlSerializerContext;
