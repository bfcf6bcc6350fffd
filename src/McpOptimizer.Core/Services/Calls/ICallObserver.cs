using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;

namespace McpOptimizer.Core.Services.Calls;

/// <summary>Is told of each call of a tool when it is over. Must be quick and must not throw.</summary>
internal interface ICallObserver
{
    /// <summary>A call is over.</summary>
    /// <param name="scope">What the caller may see.</param>
    /// <param name="context">Who called.</param>
    /// <param name="outcome">What came of it; null when it was given up.</param>
    void Called(VisibilityScope scope, CallContext context, ToolCallOutcome? outcome);
}
