using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Offerings;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary><c>find_prompt</c>: find prompts.</summary>
internal sealed class FindPromptTool(IOfferingService offerings, ICallerAccessor callers, IOptions<McpOptimizerOptions> options) : OptimizerTool
{
    /// <inheritdoc />
    public override Tool ProtocolTool { get; } = new()
    {
        Name = "find_prompt",
        Title = "Find prompts",
        Description = "Finds prompts (prepared instructions) of all connected MCP servers, with the arguments they take. Render a hit with get_prompt.",
        InputSchema = OfferingSchemas.FindPromptInput,
        OutputSchema = OfferingSchemas.FindPromptOutput,
        Annotations = new ToolAnnotations { Title = "Find prompts", ReadOnlyHint = true, IdempotentHint = true, DestructiveHint = false, OpenWorldHint = false },
    };

    /// <inheritdoc />
    protected override async ValueTask<CallToolResult> RunAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ToolQuery query = OfferingAnswer.ReadQuery("find_prompt", request.Params?.Arguments);
        ToolSearchResult found = await offerings.FindPromptsAsync(query, callers.Current, cancellationToken).ConfigureAwait(false);
        return Json(OfferingAnswer.Write("prompts", found, options.Value.Disclosure.NothingFitsBelow));
    }
}
