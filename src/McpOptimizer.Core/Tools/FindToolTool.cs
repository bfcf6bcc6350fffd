using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Disclosure;
using McpOptimizer.Core.Services.Discovery;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary><c>find_tool</c>: the best tools for a need, with what that saved.</summary>
internal sealed class FindToolTool(IDiscoveryService discovery, ICallerAccessor callers) : OptimizerTool
{
    /// <summary>Member of a request's <c>_meta</c>: false says that this search and the call after it teach nothing, and are ranked without what was learned.</summary>
    public const string LearnKey = "mcp-optimizer/learn";

    /// <inheritdoc />
    /// <remarks>Built at each listing: the description names what is behind it at the moment.</remarks>
    public override Tool ProtocolTool => new()
    {
        Name = "find_tool",
        Title = "Find tools",
        Description = discovery.DescribeCatalog(callers.Current),
        InputSchema = ToolSchemas.FindInput,
        OutputSchema = ToolSchemas.FindOutput,
        Annotations = new ToolAnnotations { Title = "Find tools", ReadOnlyHint = true, IdempotentHint = true, DestructiveHint = false, OpenWorldHint = false },
    };

    /// <inheritdoc />
    protected override async ValueTask<CallToolResult> RunAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ToolArguments arguments = new ToolArguments(
            "find_tool", request.Params?.Arguments, "tool_description", "tool_keywords", "limit", "detail", "token_budget", "explain").RejectUnknown();
        FindRequest find = new()
        {
            Query = new ToolQuery
            {
                Description = arguments.RequiredText("tool_description", ToolArguments.LongestNeed),
                Keywords = arguments.OptionalWords("tool_keywords"),
                Limit = arguments.OptionalNumber("limit", 1, 50),
                Explain = arguments.OptionalFlag("explain") ?? false,
            },
            Detail = arguments.OptionalChoice("detail", "full", "compact") switch { "full" => ToolDetail.Full, "compact" => ToolDetail.Compact, _ => null },
            TokenBudget = arguments.OptionalNumber("token_budget", 100, 1_000_000),
            Learn = request.Params?.Meta?[LearnKey] is not JsonValue learn || !learn.TryGetValue(out bool wanted) || wanted,
        };
        return Json(FindAnswer.Write(await discovery.FindAsync(find, callers.Current with { SessionId = request.Server.SessionId }, cancellationToken).ConfigureAwait(false)));
    }
}
