using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Offerings;
using McpOptimizer.Core.Services.Discovery;
using McpOptimizer.Core.Services.Offerings;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpOptimizer.Core.Tools;

/// <summary><c>get_prompt</c>: render a prompt.</summary>
internal sealed class GetPromptTool(IOfferingService offerings, ICallerAccessor callers) : OptimizerTool
{
    /// <inheritdoc />
    public override Tool ProtocolTool { get; } = new()
    {
        Name = "get_prompt",
        Title = "Render a prompt",
        Description = "Renders a prompt that find_prompt found and returns its messages.",
        InputSchema = OfferingSchemas.GetPromptInput,
        Annotations = new ToolAnnotations { Title = "Render a prompt", ReadOnlyHint = true, IdempotentHint = true, DestructiveHint = false, OpenWorldHint = true },
    };

    /// <inheritdoc />
    protected override async ValueTask<CallToolResult> RunAsync(RequestContext<CallToolRequestParams> request, CancellationToken cancellationToken = default)
    {
        ToolArguments arguments = new ToolArguments("get_prompt", request.Params?.Arguments, "server_name", "prompt_name", "arguments").RejectUnknown();
        PromptRequest prompt = new()
        {
            ServerName = arguments.OptionalText("server_name"),
            Name = arguments.RequiredText("prompt_name"),
            Arguments = arguments.OptionalTextMap("arguments"),
        };
        CallerIdentity caller = callers.Current;
        return CallerBridge.ResultOf(await offerings.RenderAsync(
            prompt, caller, CallerBridge.ContextOf(request, caller), cancellationToken).ConfigureAwait(false), request);
    }
}
