using System.Text.Json.Serialization;
using ToolHive.Client.Tools.Results;

namespace ToolHive.Client.Tools;

/// <summary>Shapes of tool arguments and results.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ServerList))]
[JsonSerializable(typeof(ServerDetails))]
[JsonSerializable(typeof(ServerLogs))]
[JsonSerializable(typeof(ServerState))]
[JsonSerializable(typeof(RegistryServers))]
[JsonSerializable(typeof(RegistryServerDetails))]
[JsonSerializable(typeof(GroupList))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(bool))]
internal sealed partial class ToolsJsonContext : JsonSerializerContext;
