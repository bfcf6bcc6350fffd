using System.Text.Json;
using System.Text.Json.Serialization;
using Coder.Client.Tools.Results;
using ModelContextProtocol;

namespace Coder.Client.Tools;

/// <summary>How the tools write JSON: snake_case, absent values as null, and whatever the MCP SDK itself needs.</summary>
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
internal sealed partial class FleetJson : JsonSerializerContext
{
    public static JsonSerializerOptions ToolOptions { get; } = Create();

    private static JsonSerializerOptions Create()
    {
        JsonSerializerOptions options = new(Default.Options) { TypeInfoResolver = null };
        options.TypeInfoResolverChain.Add(Default);
        options.TypeInfoResolverChain.Add(McpJsonUtilities.DefaultOptions.TypeInfoResolver!);
        options.MakeReadOnly();
        return options;
    }
}
