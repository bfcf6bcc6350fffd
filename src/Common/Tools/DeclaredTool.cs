using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Common.Tools;

/// <summary>A tool over MCP, made from its declaration.</summary>
internal sealed class DeclaredTool : McpServerTool
{
    private readonly AnsweringTool _tool;
    private readonly ToolDialect _dialect;

    private DeclaredTool(AnsweringTool tool, ToolDialect dialect, Type origin)
    {
        (_tool, _dialect) = (tool, dialect);
        Metadata = [origin];
        JsonObject input = ToolSchemas.WithDefaults(tool);
        dialect.FinishInput?.Invoke(input);
        JsonElement output = tool.OutputSchema(dialect.Json);
        ProtocolTool = tool.Describe(JsonElement.Parse(input.ToJsonString()), dialect.FinishOutput?.Invoke(output) ?? output);
    }

    public override Tool ProtocolTool { get; }

    public override IReadOnlyList<object> Metadata { get; }

    /// <summary>Makes tools.</summary>
    /// <param name="origin">The class that defines them: it is named when two tools have one name.</param>
    /// <param name="tools">What they are.</param>
    /// <param name="dialect">How their package speaks.</param>
    public static IEnumerable<McpServerTool> Create(Type origin, IEnumerable<AnsweringTool> tools, ToolDialect dialect) =>
        tools.Select(tool => new DeclaredTool(tool, dialect, origin));

    public override async ValueTask<CallToolResult> InvokeAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        try
        {
            return await _tool.CallAsync(ToolCall.Of(_tool, request), _dialect.Json, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            CallToolResult? failure = _dialect.Fail(ProtocolTool.Name, e);
            if (failure is null)
            {
                throw;
            }

            return failure;
        }
    }
}
