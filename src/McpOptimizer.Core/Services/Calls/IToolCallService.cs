using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;

namespace McpOptimizer.Core.Services.Calls;

/// <summary>Calls tools of backends for callers: finds the tool among those they may see, checks arguments, calls, fits the result, keeps the record.</summary>
public interface IToolCallService
{
    /// <summary>Makes one call. What goes wrong is in the outcome; only cancellation is thrown.</summary>
    /// <exception cref="OperationCanceledException">The caller gave up; the backend was told.</exception>
    Task<ToolCallOutcome> CallAsync(ToolCallRequest request, VisibilityScope scope, CallContext context, CancellationToken cancellationToken = default);

    /// <summary>Makes several calls, some at a time; outcomes in the order of the requests, each with its own error.</summary>
    /// <exception cref="ArgumentException">There are none, or more than <c>Responses.MaxBatchCalls</c>.</exception>
    /// <exception cref="OperationCanceledException">The caller gave up; the backends were told.</exception>
    Task<IReadOnlyList<ToolCallOutcome>> CallManyAsync(
        IReadOnlyList<ToolCallRequest> requests, VisibilityScope scope, CallContext context, CancellationToken cancellationToken = default);

    /// <summary>Reads a part of a result that was cut.</summary>
    /// <exception cref="ArgumentException">The handle is not known in this session (any more), or the part does not exist.</exception>
    StoredResultPage ReadResult(StoredResultQuery query, CallContext context);
}
