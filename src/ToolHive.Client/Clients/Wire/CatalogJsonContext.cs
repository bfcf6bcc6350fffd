using System.Text.Json.Serialization;
using ToolHive.Client.Models;
using ToolHive.Client.Models.Catalog;

namespace ToolHive.Client.Clients.Wire;

/// <summary>Bodies of the MCP-registry style routes: camelCase.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(TolerantBooleanConverter)])]
[JsonSerializable(typeof(CatalogServerPage))]
[JsonSerializable(typeof(CatalogServer))]
[JsonSerializable(typeof(CatalogPackage))]
[JsonSerializable(typeof(CatalogTransport))]
[JsonSerializable(typeof(CatalogSkillPage))]
[JsonSerializable(typeof(CatalogSkill))]
[JsonSerializable(typeof(CatalogPluginPage))]
[JsonSerializable(typeof(CatalogPlugin))]
internal sealed partial class CatalogJsonContext : JsonSerializerContext;
