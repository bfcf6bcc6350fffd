using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Explanations;
using McpOptimizer.Core.Services.Calls.Results;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Explanations;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Tools;

/// <summary>Tools that show the catalogue, and why a search found what it did.</summary>
internal static class CatalogueTools
{
    private const int MostDescribed = 50;
    private const int PartCharacters = 16_000;

    // The member of _meta that says which replica answered, where there are several.
    private const string ReplicaMember = "mcp-optimizer/replica";

    private static readonly ToolHints Looks = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false);

    /// <summary><c>describe_tool</c>: full definitions of one or many tools.</summary>
    public static OptimizerTool Describe(IDiscoveryService discovery) => new()
    {
        Name = "describe_tool",
        Title = "Describe tools",
        Description = "Full definitions, input schema included, of tools that find_tool showed in short. "
            + "A very large one is shortened; with offset its whole text is read in parts.",
        Hints = Looks,
        Parameters =
        [
            new("tools", ToolParameterKind.Words, "Tools as server/name, or just the name where it is unambiguous.")
            {
                Required = true,
                Schema = $$"""{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":{{MostDescribed}}}""",
                Expected = $"a list of 1 to {MostDescribed} names of at most {OptimizerParameters.LongestName} characters",
            },
            new("offset", ToolParameterKind.Integer, "With one tool: read its whole definition as text from this character on.") { Minimum = 0 },
        ],
        Output = AnswerSchemas.Described,
        RunAsync = (call, caller, _) =>
        {
            IReadOnlyList<string> names = call.Words("tools") ?? [];
            if (names.Count is 0 or > MostDescribed || names.Any(name => name.Length > OptimizerParameters.LongestName))
            {
                throw call.Wrong("tools");
            }

            if (call.OptionalInteger("offset") is not { } offset)
            {
                (IReadOnlyList<IndexedTool> tools, IReadOnlyList<string> notFound) = discovery.Describe(caller, names);
                return ValueTask.FromResult(Described(tools, notFound));
            }

            string name = names is [{ } only] ? only
                : throw new ArgumentException($"describe_tool: 'offset' reads one definition; {names.Count} tools are named.");
            string? whole = discovery.ReadDefinition(caller, name);
            return ValueTask.FromResult(whole is null ? Described([], names)
                : offset <= whole.Length ? Described([], [], writer => WritePart(writer, whole, offset))
                : throw new ArgumentException($"describe_tool: 'offset' is {offset}; the definition has {whole.Length} characters."));
        },
    };

    /// <summary><c>list_tools</c>: every visible tool.</summary>
    public static OptimizerTool List(IDiscoveryService discovery, ReplicaName replica) => new()
    {
        Name = "list_tools",
        Title = "List all tools",
        Description = "Lists every tool of every running server with its full definition, by server. "
            + "Costly with many servers: use find_tool unless you need the whole catalogue.",
        Hints = Looks,
        Parameters =
        [
            OptimizerParameters.Name("server_name", "Only the tools of this server."),
            new("limit", ToolParameterKind.Integer, "Most tools to return; all without it.") { Minimum = 1, Maximum = 10_000 },
            new("offset", ToolParameterKind.Integer, "How many to leave out at the start.") { Minimum = 0, Default = 0 },
        ],
        Output = AnswerSchemas.ToolList,
        RunAsync = (call, caller, _) =>
        {
            IReadOnlyList<IndexedTool> tools = discovery.List(caller, call.OptionalText("server_name"), call.Integer("offset"), call.OptionalInteger("limit"));
            CallToolResult answer = ToolListAnswer.Create(tools);
            answer.Meta = replica.Name is { } name ? new JsonObject { [ReplicaMember] = name } : null;
            return ValueTask.FromResult(answer);
        },
    };

    /// <summary><c>explain_tool</c>: why <c>find_tool</c> answers as it does. Offered when <c>Disclosure.OfferExplanations</c> says so.</summary>
    public static OptimizerTool Explain(IExplanationService explanations) => new()
    {
        Name = "explain_tool",
        Title = "Explain a search",
        Description = "Says why find_tool answers a need as it does: which words and meanings brought each hit and, "
            + "for a tool you name, what stands before it.",
        Hints = Looks,
        Parameters =
        [
            OptimizerParameters.Need("The need, as it was given to find_tool."),
            OptimizerParameters.Keywords("The keywords, if any were given."),
            OptimizerParameters.Name("tool", "The tool whose place is in question, as server/name."),
            OptimizerParameters.Limit("Most tools that find_tool returns."),
        ],
        RunAsync = async (call, caller, token) =>
        {
            ExplanationRequest explain = new() { Query = OptimizerParameters.ReadQuery(call), Tool = call.OptionalText("tool") };
            return OptimizerTool.Json(ExplanationAnswer.Write(await explanations.ExplainAsync(explain, caller, token).ConfigureAwait(false)));
        },
    };

    private static CallToolResult Described(
        IReadOnlyList<IndexedTool> tools, IReadOnlyList<string> notFound, Action<Utf8JsonWriter>? more = null) => OptimizerTool.Json(ToolJson.Build(writer =>
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

        more?.Invoke(writer);
        writer.WriteEndObject();
    }));

    private static void WritePart(Utf8JsonWriter writer, string whole, int offset)
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
}
