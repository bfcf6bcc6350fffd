using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Explanations;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Explanations;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary><c>explain_tool</c>: why <c>find_tool</c> answers as it does. Offered when <c>Disclosure.OfferExplanations</c> says so.</summary>
internal sealed class ExplainToolTool(IExplanationService explanations, ICallerAccessor callers) : OptimizerTool
{
    /// <inheritdoc />
    public override Tool ProtocolTool { get; } = new()
    {
        Name = "explain_tool",
        Title = "Explain a search",
        Description = "Says why find_tool answers a need as it does: which words and meanings brought each hit and, for a tool you name, what stands before it.",
        InputSchema = ToolSchemas.ExplainInput,
        Annotations = new ToolAnnotations { Title = "Explain a search", ReadOnlyHint = true, IdempotentHint = true, DestructiveHint = false, OpenWorldHint = false },
    };

    /// <inheritdoc />
    protected override async ValueTask<CallToolResult> RunAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ToolArguments arguments = new ToolArguments("explain_tool", request.Params?.Arguments, "tool_description", "tool_keywords", "tool", "limit").RejectUnknown();
        ExplanationRequest explain = new()
        {
            Query = new ToolQuery
            {
                Description = arguments.RequiredText("tool_description", ToolArguments.LongestNeed),
                Keywords = arguments.OptionalWords("tool_keywords"),
                Limit = arguments.OptionalNumber("limit", 1, 50),
            },
            Tool = arguments.OptionalText("tool"),
        };
        return Json(ExplanationAnswer.Write(await explanations.ExplainAsync(explain, callers.Current, cancellationToken).ConfigureAwait(false)));
    }
}
