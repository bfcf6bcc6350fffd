using System.Text.Json;
using System.Text.Json.Serialization;
using Coder.Client.Tools.Results;

namespace Coder.Client.Tools;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(AgentListResult))]
[JsonSerializable(typeof(AgentResult))]
[JsonSerializable(typeof(ProjectListResult))]
[JsonSerializable(typeof(RoleListResult))]
[JsonSerializable(typeof(CreateAgentResult))]
[JsonSerializable(typeof(LifecycleResult))]
[JsonSerializable(typeof(DeleteAgentResult))]
[JsonSerializable(typeof(StartTaskResult))]
[JsonSerializable(typeof(CancelTaskResult))]
[JsonSerializable(typeof(HistoryResult))]
[JsonSerializable(typeof(LogResult))]
[JsonSerializable(typeof(WaitResult))]
[JsonSerializable(typeof(ErrorResult))]
internal sealed partial class FleetJsonContext : JsonSerializerContext;
