using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Calls;

/// <summary>
/// Calls whose backend asks something while the caller can answer only with a new request: the call waits here, the question goes back as the
/// answer to the caller's request, and the request that brings the reply goes on where the call stopped.
/// </summary>
internal sealed class ParkedCalls(IOptions<McpOptimizerOptions> options, TimeProvider clock)
{
    private const int MostParked = 1_000;

    private readonly ConcurrentDictionary<string, ParkedCall> _calls = new(StringComparer.Ordinal);
    private readonly ResponseSettings _settings = options.Value.Responses;

    /// <summary>Calls that wait for a caller now.</summary>
    public int Count => _calls.Count;

    /// <summary>Whether a call of this caller waits here under a state.</summary>
    public bool Has(string state, CallContext context) => _calls.TryGetValue(state, out ParkedCall? parked) && parked.BelongsTo(context);

    /// <summary>Starts a call that may come back with a question.</summary>
    public async Task<ToolCallOutcome> StartAsync(
        Func<CallContext, CancellationToken, Task<ToolCallOutcome>> call, CallContext context, CancellationToken cancellationToken)
    {
        ParkedCall parked = new(context);
        parked.Begin(call);
        return await NextAsync(parked, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Goes on with a call.</summary>
    public async Task<ToolCallOutcome> ResumeAsync(ToolCallRequest request, CallContext context, CancellationToken cancellationToken)
    {
        if (!_calls.TryGetValue(request.State!, out ParkedCall? parked) || !parked.BelongsTo(context) || !_calls.TryRemove(request.State!, out _))
        {
            return Over();
        }

        parked.Answer(request.Answers ?? new Dictionary<string, JsonElement>(), context);
        return await NextAsync(parked, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Answers a state that no call waits under.</summary>
    public static ToolCallOutcome Over() => CallResults.Failure(ToolCallStatus.InvalidArguments, "The call that this answers is over; make it again.");

    private async Task<ToolCallOutcome> NextAsync(ParkedCall parked, CancellationToken cancellationToken)
    {
        IReadOnlyDictionary<string, CallerRequest>? questions;
        using (cancellationToken.Register(parked.Cancel))
        {
            questions = await parked.NextQuestionAsync().ConfigureAwait(false);
        }

        if (questions is null)
        {
            return await parked.FinishAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_calls.Count >= MostParked)
        {
            parked.Cancel();
            return CallResults.Failure(ToolCallStatus.BackendFailed, "Too many calls wait for their callers' answers; try again later.", failure: BackendFailure.Busy);
        }

        string state = "c-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _calls[state] = parked;
        _ = ExpireAsync(state, parked);
        return new ToolCallOutcome
        {
            Status = ToolCallStatus.InputRequired,
            Result = new JsonObject { ["content"] = new JsonArray() },
            Questions = questions,
            State = state,
        };
    }

    private async Task ExpireAsync(string state, ParkedCall parked)
    {
        await Task.Delay(_settings.ParkedCallLifetime, clock).ConfigureAwait(false);
        if (_calls.TryRemove(KeyValuePair.Create(state, parked)))
        {
            parked.Cancel();
        }
    }
}
