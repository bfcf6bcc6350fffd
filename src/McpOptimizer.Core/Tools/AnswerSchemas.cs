using System.Text.Json;

namespace McpOptimizer.Core.Tools;

/// <summary>Schemas of what the optimizer's tools answer, as clients see them.</summary>
internal static class AnswerSchemas
{
    private const string ToolObject =
        """
        {"type":"object","properties":{"name":{"type":"string"},"description":{"type":"string"},"inputSchema":{"type":"object"},
        "mcp_server_name":{"type":"string","description":"Pass it to call_tool as server_name."}},"required":["name","mcp_server_name"]}
        """;

    public static JsonElement Found { get; } = JsonElement.Parse(
        $$$"""
        {"type":"object","properties":{"tools":{"type":"array","items":{{{ToolObject}}} },
        "token_metrics":{"type":"object","properties":{"baseline_tokens":{"type":"integer","description":"Tokens of all visible tools."},"returned_tokens":{"type":"integer"},
        "tokens_saved":{"type":"integer"},"savings_percentage":{"type":"number"},"savings_percent":{"type":"number"}},
        "required":["baseline_tokens","returned_tokens","tokens_saved","savings_percentage","savings_percent"]}},
        "required":["tools","token_metrics"]}
        """);

    public static JsonElement Described { get; } = JsonElement.Parse(
        $$$"""
        {"type":"object","properties":{"tools":{"type":"array","items":{{{ToolObject}}} },"not_found":{"type":"array","items":{"type":"string"} },
        "part":{"type":"object","properties":{"text":{"type":"string"},"offset":{"type":"integer"},"total":{"type":"integer"},"next_offset":{"type":"integer"} } } },"required":["tools"]}
        """);

    public static JsonElement ToolList { get; } = JsonElement.Parse(
        $$$"""{"type":"object","properties":{"result":{"type":"array","items":{{{ToolObject}}} }},"required":["result"]}""");

    public static JsonElement Batch { get; } = JsonElement.Parse(
        """
        {"type":"object","properties":{"results":{"type":"array","description":"One result a call, in order, as call_tool would answer it.","items":{"type":"object"}}},"required":["results"]}
        """);

    public static JsonElement Resources { get; } = JsonElement.Parse(
        """
        {"type":"object","properties":{"resources":{"type":"array","items":{"type":"object","properties":{
        "uri":{"type":"string"},"uriTemplate":{"type":"string"},"name":{"type":"string"},"description":{"type":"string"},"mimeType":{"type":"string"},
        "mcp_server_name":{"type":"string","description":"Pass it to read_resource as server_name."}},"required":["mcp_server_name"]}},"note":{"type":"string"}},"required":["resources"]}
        """);

    public static JsonElement Prompts { get; } = JsonElement.Parse(
        """
        {"type":"object","properties":{"prompts":{"type":"array","items":{"type":"object","properties":{
        "name":{"type":"string"},"description":{"type":"string"},"arguments":{"type":"array","items":{"type":"object"}},
        "mcp_server_name":{"type":"string","description":"Pass it to get_prompt as server_name."}},"required":["name","mcp_server_name"]}},"note":{"type":"string"}},"required":["prompts"]}
        """);

    public static JsonElement Text { get; } = JsonElement.Parse("""{"type":"object","properties":{"result":{"type":"string"}},"required":["result"]}""");
}
