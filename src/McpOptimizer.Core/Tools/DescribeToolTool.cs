using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Discovery;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary><c>describe_tool</c>: full definitions of one or many tools.</summary>
public sealed class DescribeToolTool(IDiscoveryService discovery, ICallerAccessor callers) : OptimizerTool
{
    private const int MostTools = 50;

    /// <inheritdoc />
    public override Tool ProtocolTool { get; } = new()
    {
        Name = "describe_tool",
        Title = "Describe tools",
        Description = "Full definitions, input schema included, of tools that find_tool showed in short.",
        InputSchema = ToolSchemas.DescribeInput,
        OutputSchema = ToolSchemas.DescribeOutput,
        Annotations = new ToolAnnotations { Title = "Describe tools", ReadOnlyHint = true, IdempotentHint = true, DestructiveHint = false, OpenWorldHint = false },
    };

    /// <inheritdoc />
    protected override ValueTask<CallToolResult> RunAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ToolArguments arguments = new ToolArguments("describe_tool", request.Params?.Arguments, "tools").RejectUnknown();
        (IReadOnlyList<IndexedTool> tools, IReadOnlyList<string> notFound) = discovery.Describe(callers.Current, arguments.RequiredTexts("tools", MostTools));
        return ValueTask.FromResult(Json(ToolJson.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("tools"u8);
            foreach (IndexedTool tool in tools)
            {
                ToolJson.Write(writer, tool);
            }

            writer.WriteEndArray();
            if (notFound.Count > 0)
            {
                writer.WriteStartArray("not_found"u8);
                foreach (string name in notFound)
                {
                    writer.WriteStringValue(name);
                }

                writer.WriteEndArray();
            }

            writer.WriteEndObject();
        })));
    }
}
