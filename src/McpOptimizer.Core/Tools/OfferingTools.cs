using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Offerings;
using McpOptimizer.Core.Services.Offerings;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Tools;

/// <summary>Tools that find and read the resources and prompts of backends.</summary>
internal static class OfferingTools
{
    private const int LongestAddress = 8_000;
    private const int LongestPromptArguments = 1_000_000;

    private static readonly ToolHints Finds = new(ReadOnly: true, Destructive: false, Idempotent: true, OpenWorld: false);
    private static readonly ToolHints Reads = Finds with { OpenWorld = true };

    /// <summary><c>find_resource</c>: find resources.</summary>
    public static OptimizerTool FindResource(IOfferingService offerings, double nothingFitsBelow) => new()
    {
        Name = "find_resource",
        Title = "Find resources",
        Description = "Finds resources (documents, files, records) and resource templates of all connected MCP servers. "
            + "Read a hit with read_resource; fill in the {parts} of a uriTemplate first.",
        Hints = Finds,
        Parameters = Query("What the resource should hold, in your own words."),
        Output = AnswerSchemas.Resources,
        RunAsync = async (call, caller, token) =>
            Answer("resources", await offerings.FindResourcesAsync(Read(call), caller, token).ConfigureAwait(false), nothingFitsBelow),
    };

    /// <summary><c>read_resource</c>: read a resource.</summary>
    public static OptimizerTool ReadResource(IOfferingService offerings) => new()
    {
        Name = "read_resource",
        Title = "Read a resource",
        Description = "Reads a resource that find_resource found or that a tool's result links to.",
        Hints = Reads,
        Parameters =
        [
            OptimizerParameters.Name("server_name", "mcp_server_name of the resource. May be left out when only one server lists it."),
            new("uri", ToolParameterKind.Text, "Its address; a template with its parts filled in.") { Required = true, Longest = LongestAddress },
        ],
        RunAsync = async (call, caller, token) =>
        {
            ResourceRequest resource = new() { ServerName = call.OptionalText("server_name"), Uri = call.Text("uri") };
            CallContext context = CallerBridge.ContextOf(call.Request, caller);
            return CallerBridge.ResultOf(await offerings.ReadAsync(resource, caller, context, token).ConfigureAwait(false), call.Request);
        },
    };

    /// <summary><c>find_prompt</c>: find prompts.</summary>
    public static OptimizerTool FindPrompt(IOfferingService offerings, double nothingFitsBelow) => new()
    {
        Name = "find_prompt",
        Title = "Find prompts",
        Description = "Finds prompts (prepared instructions) of all connected MCP servers, with the arguments they take. Render a hit with get_prompt.",
        Hints = Finds,
        Parameters = Query("What the prompt should help with, in your own words."),
        Output = AnswerSchemas.Prompts,
        RunAsync = async (call, caller, token) =>
            Answer("prompts", await offerings.FindPromptsAsync(Read(call), caller, token).ConfigureAwait(false), nothingFitsBelow),
    };

    /// <summary><c>get_prompt</c>: render a prompt.</summary>
    public static OptimizerTool GetPrompt(IOfferingService offerings) => new()
    {
        Name = "get_prompt",
        Title = "Render a prompt",
        Description = "Renders a prompt that find_prompt found and returns its messages.",
        Hints = Reads,
        Parameters =
        [
            OptimizerParameters.Name("server_name", "mcp_server_name of the prompt. May be left out when the name is unambiguous."),
            OptimizerParameters.Name("prompt_name") with { Required = true },
            new("arguments", ToolParameterKind.Texts, "The prompt's arguments, by name.")
            {
                Schema = """{"type":"object","additionalProperties":{"type":"string"}}""",
                Expected = "an object of strings",
                Longest = LongestPromptArguments,
            },
        ],
        RunAsync = async (call, caller, token) =>
        {
            PromptRequest prompt = new()
            {
                ServerName = call.OptionalText("server_name"),
                Name = call.Text("prompt_name"),
                Arguments = call.Texts("arguments"),
            };
            CallContext context = CallerBridge.ContextOf(call.Request, caller);
            return CallerBridge.ResultOf(await offerings.RenderAsync(prompt, caller, context, token).ConfigureAwait(false), call.Request);
        },
    };

    private static IReadOnlyList<ToolParameter> Query(string need) =>
    [
        OptimizerParameters.Need(need, "description"),
        OptimizerParameters.Keywords("Words that its name or description probably contains. Optional.", "keywords"),
        OptimizerParameters.Limit("Most to return."),
    ];

    private static ToolQuery Read(ToolArguments call) => OptimizerParameters.ReadQuery(call, "description", "keywords");

    // Definitions as listed, each with mcp_server_name; a note when none clearly fits.
    private static CallToolResult Answer(string member, ToolSearchResult found, double nothingFitsBelow) => OptimizerTool.Json(ToolJson.Build(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray(member);
        foreach (ToolHit hit in found.Hits)
        {
            ToolJson.Write(writer, hit.Tool);
        }

        writer.WriteEndArray();
        if (NoteOf(found, nothingFitsBelow) is { } note)
        {
            writer.WriteString("note"u8, note);
        }

        writer.WriteEndObject();
    }));

    private static string? NoteOf(ToolSearchResult found, double nothingFitsBelow) =>
        found.ByWordsAlone ? FindAnswer.ByWordsAlone
        : found.Hits.Count == 0 ? "Nothing fits."
        : found.Confidence < nothingFitsBelow ? "Nothing clearly fits; these are the nearest."
        : null;
}
