using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Discovery;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary><c>list_tools</c>: every visible tool.</summary>
internal sealed class ListToolsTool(IDiscoveryService discovery, ReplicaName replica, ICallerAccessor callers) : OptimizerTool
{
    /// <summary>The member of <c>_meta</c> that says which replica answered, where there are several.</summary>
    public const string ReplicaMember = "mcp-optimizer/replica";

    /// <inheritdoc />
    public override Tool ProtocolTool { get; } = new()
    {
        Name = "list_tools",
        Title = "List all tools",
        Description = "Lists every tool of every running server with its full definition, by server. Costly with many servers: use find_tool unless you need the whole catalogue.",
        InputSchema = ToolSchemas.ListInput,
        OutputSchema = ToolSchemas.ToolList,
        Annotations = new ToolAnnotations { Title = "List all tools", ReadOnlyHint = true, IdempotentHint = true, DestructiveHint = false, OpenWorldHint = false },
    };

    /// <inheritdoc />
    protected override ValueTask<CallToolResult> RunAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ToolArguments arguments = new ToolArguments("list_tools", request.Params?.Arguments, "server_name", "limit", "offset").RejectUnknown();
        IReadOnlyList<IndexedTool> tools = discovery.List(
            callers.Current, arguments.OptionalText("server_name"), arguments.OptionalNumber("offset", 0, int.MaxValue) ?? 0, arguments.OptionalNumber("limit", 1, 10_000));
        CallToolResult answer = ToolListAnswer.Create(tools);
        if (replica.Name is { } name)
        {
            answer.Meta = new JsonObject { [ReplicaMember] = name };
        }

        return ValueTask.FromResult(answer);
    }
}
