using System.ComponentModel;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Conformance;

/// <summary>Tools that change what the server offers, so that listeners are told.</summary>
[McpServerToolType]
internal sealed class CatalogTools
{
    [McpServerTool(Name = "test_trigger_tool_change")]
    [Description("Adds a tool and takes it away.")]
    public static string ChangeTools(RequestContext<CallToolRequestParams> context) =>
        Toggle(context.Server.ServerOptions.ToolCollection, McpServerTool.Create(() => "", new() { Name = $"temporary_{Guid.NewGuid():N}" }));

    [McpServerTool(Name = "test_trigger_prompt_change")]
    [Description("Adds a prompt and takes it away.")]
    public static string ChangePrompts(RequestContext<CallToolRequestParams> context) =>
        Toggle(context.Server.ServerOptions.PromptCollection, McpServerPrompt.Create(() => "", new() { Name = $"temporary_{Guid.NewGuid():N}" }));

    private static string Toggle<T>(McpServerPrimitiveCollection<T>? collection, T primitive)
        where T : IMcpServerPrimitive
    {
        collection?.Add(primitive);
        collection?.Remove(primitive);
        return "Changed";
    }
}
