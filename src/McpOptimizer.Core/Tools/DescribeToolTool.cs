using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Calls.Results;
using McpOptimizer.Core.Services.Discovery;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary><c>describe_tool</c>: full definitions of one or many tools.</summary>
internal sealed class DescribeToolTool(IDiscoveryService discovery, ICallerAccessor callers) : OptimizerTool
{
    private const int MostTools = 50;
    private const int PartCharacters = 16_000;

    /// <inheritdoc />
    public override Tool ProtocolTool { get; } = new()
    {
        Name = "describe_tool",
        Title = "Describe tools",
        Description = "Full definitions, input schema included, of tools that find_tool showed in short. A very large one is shortened; with offset its whole text is read in parts.",
        InputSchema = ToolSchemas.DescribeInput,
        OutputSchema = ToolSchemas.DescribeOutput,
        Annotations = new ToolAnnotations { Title = "Describe tools", ReadOnlyHint = true, IdempotentHint = true, DestructiveHint = false, OpenWorldHint = false },
    };

    /// <inheritdoc />
    protected override ValueTask<CallToolResult> RunAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ToolArguments arguments = new ToolArguments("describe_tool", request.Params?.Arguments, "tools", "offset").RejectUnknown();
        IReadOnlyList<string> names = arguments.RequiredTexts("tools", MostTools);
        if (arguments.OptionalNumber("offset", 0, int.MaxValue) is { } offset)
        {
            return ValueTask.FromResult(Json(Part(names, offset)));
        }

        (IReadOnlyList<IndexedTool> tools, IReadOnlyList<string> notFound) = discovery.Describe(callers.Current, names);
        return ValueTask.FromResult(Json(ToolJson.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("tools"u8);
            foreach (IndexedTool tool in tools)
            {
                ToolJson.Write(writer, tool);
            }

            writer.WriteEndArray();
            WriteNotFound(writer, notFound);
            writer.WriteEndObject();
        })));
    }

    private string Part(IReadOnlyList<string> names, int offset)
    {
        if (names is not [{ } name])
        {
            throw new ArgumentException($"describe_tool: 'offset' reads one definition; {names.Count} tools are named.");
        }

        string? whole = discovery.ReadDefinition(callers.Current, name);
        if (whole is not null && offset > whole.Length)
        {
            throw new ArgumentException($"describe_tool: 'offset' is {offset}; the definition has {whole.Length} characters.");
        }

        return ToolJson.Build(writer =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("tools"u8);
            writer.WriteEndArray();
            if (whole is null)
            {
                WriteNotFound(writer, names);
            }
            else
            {
                int from = TextCutter.Whole(whole, offset);
                int to = TextCutter.Whole(whole, Math.Min(whole.Length, from + PartCharacters));
                writer.WriteStartObject("part"u8);
                writer.WriteString("text"u8, whole[from..to]);
                writer.WriteNumber("offset"u8, from);
                writer.WriteNumber("total"u8, whole.Length);
                if (to < whole.Length)
                {
                    writer.WriteNumber("next_offset"u8, to);
                }

                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        });
    }

    private static void WriteNotFound(Utf8JsonWriter writer, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return;
        }

        writer.WriteStartArray("not_found"u8);
        foreach (string name in names)
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    }
}
