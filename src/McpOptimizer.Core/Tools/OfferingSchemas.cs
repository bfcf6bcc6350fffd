using System.Text.Json;

namespace McpOptimizer.Core.Tools;

/// <summary>Input and output schemas of the tools for resources and prompts.</summary>
internal static class OfferingSchemas
{
    public static JsonElement FindResourceInput { get; } = Find("What the resource should hold, in your own words.");

    public static JsonElement FindPromptInput { get; } = Find("What the prompt should help with, in your own words.");

    public static JsonElement FindResourceOutput { get; } = JsonElement.Parse(
        """
        {"type":"object","properties":{"resources":{"type":"array","items":{"type":"object","properties":{
        "uri":{"type":"string"},"uriTemplate":{"type":"string"},"name":{"type":"string"},"description":{"type":"string"},"mimeType":{"type":"string"},
        "mcp_server_name":{"type":"string","description":"Pass it to read_resource as server_name."}},"required":["mcp_server_name"]}},"note":{"type":"string"}},"required":["resources"]}
        """);

    public static JsonElement FindPromptOutput { get; } = JsonElement.Parse(
        """
        {"type":"object","properties":{"prompts":{"type":"array","items":{"type":"object","properties":{
        "name":{"type":"string"},"description":{"type":"string"},"arguments":{"type":"array","items":{"type":"object"}},
        "mcp_server_name":{"type":"string","description":"Pass it to get_prompt as server_name."}},"required":["name","mcp_server_name"]}},"note":{"type":"string"}},"required":["prompts"]}
        """);

    public static JsonElement ReadResourceInput { get; } = JsonElement.Parse(
        """
        {"type":"object","properties":{
        "server_name":{"type":"string","description":"mcp_server_name of the resource. May be left out when only one server lists it."},
        "uri":{"type":"string","description":"Its address; a template with its parts filled in."}},"required":["uri"]}
        """);

    public static JsonElement GetPromptInput { get; } = JsonElement.Parse(
        """
        {"type":"object","properties":{
        "server_name":{"type":"string","description":"mcp_server_name of the prompt. May be left out when the name is unambiguous."},
        "prompt_name":{"type":"string"},
        "arguments":{"type":"object","additionalProperties":{"type":"string"},"description":"The prompt's arguments, by name."}},"required":["prompt_name"]}
        """);

    private static JsonElement Find(string description) => JsonElement.Parse(
        $$$"""
        {"type":"object","properties":{
        "description":{"type":"string","description":"{{{description}}}"},
        "keywords":{"anyOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}],"description":"Words that its name or description probably contains. Optional."},
        "limit":{"type":"integer","minimum":1,"maximum":50,"description":"Most to return."}},
        "required":["description"]}
        """);
}
