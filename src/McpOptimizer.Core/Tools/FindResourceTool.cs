using McpOptimizer.Core.Models;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Offerings;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary><c>find_resource</c>: find resources.</summary>
internal sealed class FindResourceTool(IOfferingService offerings, ICallerAccessor callers, IOptions<McpOptimizerOptions> options) : OptimizerTool
{
    /// <inheritdoc />
    public override Tool ProtocolTool { get; } = new()
    {
        Name = "find_resource",
        Title = "Find resources",
        Description = "Finds resources (documents, files, records) and resource templates of all connected MCP servers. Read a hit with read_resource; fill in the {parts} of a uriTemplate first.",
        InputSchema = OfferingSchemas.FindResourceInput,
        OutputSchema = OfferingSchemas.FindResourceOutput,
        Annotations = new ToolAnnotations { Title = "Find resources", ReadOnlyHint = true, IdempotentHint = true, DestructiveHint = false, OpenWorldHint = false },
    };

    /// <inheritdoc />
    protected override async ValueTask<CallToolResult> RunAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ToolQuery query = OfferingAnswer.ReadQuery("find_resource", request.Params?.Arguments);
        ToolSearchResult found = await offerings.FindResourcesAsync(query, callers.Current, cancellationToken).ConfigureAwait(false);
        return Json(OfferingAnswer.Write("resources", found, options.Value.Disclosure.NothingFitsBelow));
    }
}
