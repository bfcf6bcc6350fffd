using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Discovery;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary><c>search_registry</c>: tools of servers that could be installed.</summary>
internal sealed class SearchRegistryTool(IDiscoveryService discovery, ICallerAccessor callers) : OptimizerTool
{
    /// <inheritdoc />
    public override Tool ProtocolTool { get; } = new()
    {
        Name = "search_registry",
        Title = "Search installable servers",
        Description =
            "Searches the registry of servers that are not running yet. Use it when find_tool has nothing that fits, then install_server with the mcp_server_name of the best hit. "
            + "The registry knows tools by name only.",
        InputSchema = ToolSchemas.RegistryInput,
        OutputSchema = ToolSchemas.ToolList,
        Annotations = new ToolAnnotations { Title = "Search installable servers", ReadOnlyHint = true, IdempotentHint = true, DestructiveHint = false, OpenWorldHint = false },
    };

    /// <inheritdoc />
    protected override async ValueTask<CallToolResult> RunAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ToolArguments arguments = new ToolArguments("search_registry", request.Params?.Arguments, "tool_description", "tool_keywords", "limit").RejectUnknown();
        ToolQuery query = new()
        {
            Description = arguments.RequiredText("tool_description", ToolArguments.LongestNeed),
            Keywords = arguments.OptionalWords("tool_keywords"),
            Limit = arguments.OptionalNumber("limit", 1, 50),
        };
        ToolSearchResult found = await discovery.SearchRegistryAsync(query, callers.Current, cancellationToken).ConfigureAwait(false);
        return ToolListAnswer.Create([.. found.Hits.Select(hit => hit.Tool)]);
    }
}
