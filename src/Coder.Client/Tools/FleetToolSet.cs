using System.Text.Json;
using System.Text.Json.Nodes;
using Coder.Client.Services;
using Coder.Client.Tools.Results;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Coder.Client.Tools;

/// <summary>Builds the tools once and finds them by name. Their failures are structured results, and their output schemas say so.</summary>
internal sealed partial class FleetToolSet
{
    private readonly Dictionary<string, McpServerTool> _tools;
    private readonly ILogger _logger;

    public FleetToolSet(
        IAgentService agents, IAgentLifecycleService lifecycle, IProjectService projects, ITaskService tasks, TimeProvider clock, ILogger<FleetToolSet> logger)
    {
        _logger = logger;
        ToolDialect dialect = new() { Json = FleetJson.Options, Fail = Fail, FinishInput = schema => schema["additionalProperties"] = false, FinishOutput = OrError };
        _tools = new[]
        {
            DeclaredTool.Create(typeof(AgentTools), AgentTools.Create(agents, lifecycle), dialect),
            DeclaredTool.Create(typeof(ProjectTools), ProjectTools.Create(projects), dialect),
            DeclaredTool.Create(typeof(LifecycleTools), LifecycleTools.Create(lifecycle), dialect),
            DeclaredTool.Create(typeof(TaskTools), TaskTools.Create(tasks, clock), dialect),
        }.SelectMany(tools => tools).ToDictionary(tool => tool.ProtocolTool.Name, StringComparer.Ordinal);
    }

    public McpServerTool this[string name] => _tools[name];

    private CallToolResult Fail(string tool, Exception exception)
    {
        ErrorBody error = ToolErrors.Describe(exception);
        if (error.Code == ToolErrors.Internal)
        {
            Unexpected(_logger, exception, tool);
        }

        return ToolErrors.ToResult(error);
    }

    /// <summary>
    /// A failed call carries an error object instead of the result. Clients check structured content against the schema even then, so the schema
    /// allows either: all members of a result, or the error.
    /// </summary>
    private static JsonElement OrError(JsonElement schema)
    {
        JsonObject either = JsonObject.Create(schema)!;
        JsonObject properties = either["properties"]!.AsObject();
        JsonArray members = [.. properties.Select(property => (JsonNode)property.Key)];
        properties["error"] = new JsonObject
        {
            ["type"] = "object",
            ["description"] = "Only when the call failed.",
            ["properties"] = new JsonObject
            {
                ["code"] = new JsonObject { ["type"] = "string" },
                ["message"] = new JsonObject { ["type"] = "string" },
                ["details"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = "string" } },
            },
            ["required"] = new JsonArray("code", "message", "details"),
        };
        either.Remove("required");
        either["anyOf"] = new JsonArray(new JsonObject { ["required"] = members }, new JsonObject { ["required"] = new JsonArray("error") });
        return JsonElement.Parse(either.ToJsonString());
    }

    [LoggerMessage(EventId = 30, Level = LogLevel.Error, Message = "Tool {Tool} failed unexpectedly.")]
    private static partial void Unexpected(ILogger logger, Exception exception, string tool);
}
