using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Offerings;

namespace McpOptimizer.Core.Services.Offerings;

/// <summary>Resources and prompts of running servers, within what a caller may see. Failures of reading and rendering are in the outcome, as with tool calls.</summary>
public interface IOfferingService
{
    /// <summary>Whether the caller sees any resource or resource template.</summary>
    bool HasResources(CallerIdentity caller);

    /// <summary>Whether the caller sees any prompt.</summary>
    bool HasPrompts(CallerIdentity caller);

    /// <summary>The best resources and resource templates for a need. The name of a hit is its address (or the template of one).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to 50.</exception>
    Task<ToolSearchResult> FindResourcesAsync(ToolQuery query, CallerIdentity caller, CancellationToken cancellationToken = default);

    /// <summary>The best prompts for a need.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is not 1 to 50.</exception>
    Task<ToolSearchResult> FindPromptsAsync(ToolQuery query, CallerIdentity caller, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads a resource; its contents are <c>resource</c> blocks of the outcome's result. With a server named it need not be listed: results of tools
    /// link to resources that are not.
    /// </summary>
    Task<ToolCallOutcome> ReadAsync(ResourceRequest request, CallerIdentity caller, CallContext context, CancellationToken cancellationToken = default);

    /// <summary>Renders a prompt; <c>structuredContent</c> of the outcome's result is the MCP <c>GetPromptResult</c>, its content the messages, each behind its role.</summary>
    Task<ToolCallOutcome> RenderAsync(PromptRequest request, CallerIdentity caller, CallContext context, CancellationToken cancellationToken = default);
}
