using System.Text.Json;

namespace McpOptimizer.Core.Tools;

/// <summary>Input and output schemas of the optimizer's tools, as clients see them.</summary>
internal static class ToolSchemas
{
    private const string ToolObject =
        """
        {"type":"object","properties":{"name":{"type":"string"},"description":{"type":"string"},"inputSchema":{"type":"object"},
        "mcp_server_name":{"type":"string","description":"Pass it to call_tool as server_name."}},"required":["name","mcp_server_name"]}
        """;

    public static JsonElement FindInput { get; } = JsonElement.Parse(
        """
        {"type":"object","properties":{
        "tool_description":{"type":"string","description":"What you need to do, in your own words, in English. Several needs may stand in one text."},
        "tool_keywords":{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}],"description":"Words that the tool's name or description probably contains. Optional."},
        "limit":{"type":"integer","minimum":1,"maximum":50,"description":"Most tools to return."},
        "explain":{"type":"boolean","description":"Say for each tool why it was found."},
        "detail":{"type":"string","enum":["full","compact"],"description":"compact: purpose and call signature only; describe_tool gives the rest."},
        "token_budget":{"type":"integer","minimum":100,"maximum":1000000,"description":"Most tokens the answer may cost."}},
        "required":["tool_description"]}
        """);

    public static JsonElement ExplainInput { get; } = JsonElement.Parse(
        """
        {"type":"object","properties":{
        "tool_description":{"type":"string","description":"The need, as it was given to find_tool."},
        "tool_keywords":{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}],"description":"The keywords, if any were given."},
        "tool":{"type":"string","description":"The tool whose place is in question, as server/name."},
        "limit":{"type":"integer","minimum":1,"maximum":50,"description":"Most tools that find_tool returns."}},
        "required":["tool_description"]}
        """);

    public static JsonElement RegistryInput { get; } = JsonElement.Parse(
        """
        {"type":"object","properties":{
        "tool_description":{"type":"string","description":"What you need to do, in your own words."},
        "tool_keywords":{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}],"description":"Words that the tool's name probably contains. Optional."},
        "limit":{"type":"integer","minimum":1,"maximum":50,"description":"Most tools to return."}},
        "required":["tool_description"]}
        """);

    public static JsonElement DescribeInput { get; } = JsonElement.Parse(
        """
        {"type":"object","properties":{
        "tools":{"type":"array","items":{"type":"string"},"minItems":1,"maxItems":50,"description":"Tools as server/name, or just the name where it is unambiguous."},
        "offset":{"type":"integer","minimum":0,"description":"With one tool: read its whole definition as text from this character on."}},
        "required":["tools"]}
        """);

    public static JsonElement DescribeOutput { get; } = JsonElement.Parse(
        $$$"""
        {"type":"object","properties":{"tools":{"type":"array","items":{{{ToolObject}}} },"not_found":{"type":"array","items":{"type":"string"} },
        "part":{"type":"object","properties":{"text":{"type":"string"},"offset":{"type":"integer"},"total":{"type":"integer"},"next_offset":{"type":"integer"} } } },"required":["tools"]}
        """);

    public static JsonElement FindOutput { get; } = JsonElement.Parse(
        $$$"""
        {"type":"object","properties":{"tools":{"type":"array","items":{{{ToolObject}}} },
        "token_metrics":{"type":"object","properties":{"baseline_tokens":{"type":"integer","description":"Tokens of all visible tools."},"returned_tokens":{"type":"integer"},
        "tokens_saved":{"type":"integer"},"savings_percentage":{"type":"number"},"savings_percent":{"type":"number"}},
        "required":["baseline_tokens","returned_tokens","tokens_saved","savings_percentage","savings_percent"]}},
        "required":["tools","token_metrics"]}
        """);

    public static JsonElement CallInput { get; } = JsonElement.Parse(
        """
        {"type":"object","properties":{
        "server_name":{"type":"string","description":"mcp_server_name of the tool, as find_tool gave it. May be left out when the tool's name, or its name behind the server's, is unambiguous."},
        "tool_name":{"type":"string","description":"name of the tool, as find_tool gave it."},
        "parameters":{"type":"object","description":"Arguments of the tool, as its inputSchema asks for them."}},
        "required":["tool_name"]}
        """);

    public static JsonElement BatchInput { get; } = JsonElement.Parse(
        """
        {"type":"object","properties":{"calls":{"type":"array","minItems":1,"items":{"type":"object","properties":{
        "server_name":{"type":"string"},"tool_name":{"type":"string"},"parameters":{"type":"object"}},"required":["tool_name"]}}},"required":["calls"]}
        """);

    public static JsonElement BatchOutput { get; } = JsonElement.Parse(
        """
        {"type":"object","properties":{"results":{"type":"array","description":"One result a call, in order, as call_tool would answer it.","items":{"type":"object"}}},"required":["results"]}
        """);

    public static JsonElement ReadResultInput { get; } = JsonElement.Parse(
        """
        {"type":"object","properties":{
        "handle":{"type":"string"},
        "block":{"type":"integer","minimum":0,"description":"One content block; all text without it."},
        "page":{"type":"integer","minimum":1},
        "offset":{"type":"integer","minimum":0,"description":"First character to read."},
        "length":{"type":"integer","minimum":1,"maximum":1000000}},
        "required":["handle"]}
        """);

    public static JsonElement ListInput { get; } = JsonElement.Parse(
        """
        {"type":"object","properties":{
        "server_name":{"type":"string","description":"Only the tools of this server."},
        "limit":{"type":"integer","minimum":1,"maximum":10000,"description":"Most tools to return; all without it."},
        "offset":{"type":"integer","minimum":0,"description":"How many to leave out at the start."}}}
        """);

    public static JsonElement ToolList { get; } = JsonElement.Parse(
        $$$"""{"type":"object","properties":{"result":{"type":"array","items":{{{ToolObject}}} }},"required":["result"]}""");

    public static JsonElement InstallInput { get; } = JsonElement.Parse(
        """
        {"type":"object","properties":{"server_name":{"type":"string","description":"mcp_server_name of a registry server, as search_registry gave it."}},"required":["server_name"]}
        """);

    public static JsonElement UninstallInput { get; } = JsonElement.Parse(
        """
        {"type":"object","properties":{"server_name":{"type":"string","description":"mcp_server_name of a running server, as find_tool or list_tools gave it."}},"required":["server_name"]}
        """);

    public static JsonElement TextResult { get; } = JsonElement.Parse("""{"type":"object","properties":{"result":{"type":"string"}},"required":["result"]}""");
}
