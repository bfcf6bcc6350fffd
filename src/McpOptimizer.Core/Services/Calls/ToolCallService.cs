using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using McpOptimizer.Core.Repositories.Backends;
using McpOptimizer.Core.Services.Calls.Results;
using McpOptimizer.Core.Services.Calls.Validation;
using McpOptimizer.Core.Services.Trust;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Calls;

/// <summary>The way of a call: names and arguments, target, schema, backend, limit, record.</summary>
internal sealed class ToolCallService(
    ICallTargetResolver targets,
    IBackendRepository backends,
    ResultStore store,
    ResultFitter fitter,
    SharedCalls parked,
    CallRecorder recorder,
    ResultFence fence,
    IEnumerable<ICallObserver> observers,
    IOptions<McpOptimizerOptions> options,
    TimeProvider clock) : IToolCallService
{
    private readonly ResponseSettings _settings = options.Value.Responses;

    /// <inheritdoc/>
    public async Task<ToolCallOutcome> CallAsync(ToolCallRequest request, VisibilityScope scope, CallContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(context);
        if (request.State is not null)
        {
            return await parked.ResumeAsync(request, context, cancellationToken).ConfigureAwait(false);
        }

        return context.AnswersLater
            ? await parked.StartAsync((inner, token) => RunAsync(request, scope, inner, token), context, cancellationToken).ConfigureAwait(false)
            : await RunAsync(request, scope, context, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ToolCallOutcome>> CallManyAsync(
        IReadOnlyList<ToolCallRequest> requests, VisibilityScope scope, CallContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(context);
        if (requests.Count == 0 || requests.Count > _settings.MaxBatchCalls)
        {
            throw new ArgumentException($"A batch has 1 to {_settings.MaxBatchCalls} calls (Responses.MaxBatchCalls); this one has {requests.Count}.", nameof(requests));
        }

        ToolCallOutcome[] outcomes = new ToolCallOutcome[requests.Count];
        ParallelOptions bounds = new() { MaxDegreeOfParallelism = _settings.BatchParallelism, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(
            Enumerable.Range(0, requests.Count),
            bounds,
            async (at, token) => outcomes[at] = await RunAsync(requests[at], scope, context, token).ConfigureAwait(false)).ConfigureAwait(false);
        return outcomes;
    }

    /// <inheritdoc/>
    public StoredResultPage ReadResult(StoredResultQuery query, CallContext context)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(context);
        JsonObject result = store.Find(query.Handle, context, targets.IsWithheld)
            ?? throw new ArgumentException($"There is no result '{query.Handle}' in this session. Results are kept for {_settings.StoredResultLifetime.TotalMinutes:0.#} minutes; call the tool again.");
        return StoredResultReader.Read(result, query, _settings.PageCharacters);
    }

    private async Task<ToolCallOutcome> RunAsync(ToolCallRequest request, VisibilityScope scope, CallContext context, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        using Activity? activity = CallRecorder.Start(request.ToolName);
        ToolCallOutcome? outcome = null;
        try
        {
            try
            {
                request = CallArguments.Normalize(request);
                CallTargetResult found = targets.Resolve(request.ServerName, request.ToolName!, scope);
                (outcome, JsonElement sent) = found.Target is { } target
                    ? await CallTargetAsync(request, target, scope, context, cancellationToken).ConfigureAwait(false)
                    : (CallResults.Failure(ToolCallStatus.NotFound, found.Reason!), request.Arguments);
                outcome = fence.Mark(outcome);
                request = request with { Arguments = sent };
            }
            catch (ArgumentException e)
            {
                outcome = CallResults.Failure(ToolCallStatus.InvalidArguments, e.Message);
            }

            return outcome;
        }
        finally
        {
            recorder.Finish(activity, request, context, outcome, started);
            foreach (ICallObserver observer in observers)
            {
                observer.Called(scope, context, outcome);
            }
        }
    }

    private async Task<(ToolCallOutcome Outcome, JsonElement Sent)> CallTargetAsync(
        ToolCallRequest request, CallTarget target, VisibilityScope scope, CallContext context, CancellationToken cancellationToken)
    {
        // Looking at the arguments is work too: only for those who have a place.
        (IDisposable? place, string? refusal) = await scope.EnterAsync(cancellationToken).ConfigureAwait(false);
        if (refusal is not null)
        {
            return (CallResults.Failure(ToolCallStatus.LimitReached, refusal, target), request.Arguments);
        }

        using IDisposable? held = place;
        JsonElement schema = InputSchemas.Of(target.Tool);
        IReadOnlyList<SchemaProblem> problems = [];
        JsonElement arguments = request.Arguments;
        try
        {
            arguments = CallArguments.Complete(request, schema, _settings.ValidateArguments, cancellationToken);
            problems = _settings.ValidateArguments ? SchemaValidator.Validate(schema, arguments, cancellationToken) : [];
            if (problems.Any(problem => problem.IsMissing))
            {
                return (CallResults.Invalid(target, problems, schema), arguments);
            }

            BackendCallResult result = await backends.CallToolAsync(
                target.Endpoint, target.Tool.Name, arguments, fence.Around(context, target.Tool.ServerName), target.Tool.DefinitionJson, cancellationToken).ConfigureAwait(false);
            return (Fit(result, target, context, problems, schema), arguments);
        }
        catch (ArgumentException e)
        {
            return (CallResults.Failure(ToolCallStatus.InvalidArguments, e.Message, target), arguments);
        }
        catch (BackendException e)
        {
            string hint = e.Failure == BackendFailure.ProtocolError && problems.Count > 0 ? "\n" + CallResults.Hint(problems, schema) : "";
            return (CallResults.Failure(ToolCallStatus.BackendFailed, e.Message + hint, target, e.Failure), arguments);
        }
    }

    // What a server may read otherwise than its schema says is the server's to judge; when it refused, the schema helps to do better.
    private ToolCallOutcome Fit(BackendCallResult result, CallTarget target, CallContext context, IReadOnlyList<SchemaProblem> problems, JsonElement schema)
    {
        JsonObject shaped = ResultShape.Complete(result.Json, out bool isError);
        if (isError && problems.Count > 0)
        {
            CallResults.AddNotice(shaped, CallResults.Hint(problems, schema), atEnd: true);
        }

        FittedResult fitted = fitter.Fit(shaped, context, target.Tool);
        return new ToolCallOutcome
        {
            Status = isError ? ToolCallStatus.ToolFailed : ToolCallStatus.Succeeded,
            Result = fitted.Json,
            Measure = ResultMeasure.Of(fitted.Json),
            ServerName = target.Tool.ServerName,
            ToolName = target.Tool.Name,
            ResultHandle = fitted.Handle,
            IsCut = fitted.IsCut,
        };
    }
}
