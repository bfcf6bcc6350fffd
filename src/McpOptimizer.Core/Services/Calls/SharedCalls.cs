using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Repositories.Store;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Services.Calls;

/// <summary>
/// Lets the reply to a call's question come in at any replica: the call goes on where its backend waits, and the replica that was asked hands the outcome to the
/// caller. Credentials never travel, since the call was begun with them.
/// </summary>
internal sealed partial class SharedCalls : IDisposable
{
    private const string Parked = "parked/";
    private const string Answered = "answered/";
    private const string Outcome = "outcome/";
    private const int MostForeign = 256;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan WithoutNotice = TimeSpan.FromSeconds(1);

    // While a call goes on, its replica says so once in half of this time.
    private static readonly TimeSpan SignOfLife = TimeSpan.FromSeconds(10);

    private readonly ParkedCalls _parked;
    private readonly IStoreReplicas _replicas;
    private readonly TimeSpan _lifetime;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _waiting = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, CancellationTokenSource> _running = new(StringComparer.Ordinal);

    public SharedCalls(ParkedCalls parked, IStoreReplicas replicas, IOptions<McpOptimizerOptions> options, TimeProvider clock, ILogger<SharedCalls> logger)
    {
        (_parked, _replicas, _clock, _logger) = (parked, replicas, clock, logger);
        _lifetime = options.Value.Responses.ParkedCallLifetime;
        _replicas.Shared += Hear;
    }

    /// <inheritdoc/>
    public void Dispose() => _replicas.Shared -= Hear;

    /// <summary>Starts a call that may come back with a question.</summary>
    public async Task<ToolCallOutcome> StartAsync(Func<CallContext, CancellationToken, Task<ToolCallOutcome>> call, CallContext context, CancellationToken cancellationToken) =>
        await AnnounceAsync(await _parked.StartAsync(call, context, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Goes on with a call, wherever it waits.</summary>
    public async Task<ToolCallOutcome> ResumeAsync(ToolCallRequest request, CallContext context, CancellationToken cancellationToken)
    {
        string state = request.State!;
        if (_replicas.Name is null || _parked.Has(state, context))
        {
            return await AnnounceAsync(await _parked.ResumeAsync(request, context, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }

        try
        {
            return await AskOwnerAsync(state, request, context, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OptimizerStoreException or JsonException)
        {
            return CallResults.Failure(ToolCallStatus.BackendFailed, $"The replica that made this call cannot be reached now: {e.Message} Try again in a moment.", failure: BackendFailure.Busy);
        }
    }

    // Answers of callers come in fast: the others must know of the question before its caller does.
    private async Task<ToolCallOutcome> AnnounceAsync(ToolCallOutcome outcome)
    {
        if (_replicas.Name is { } name && outcome.State is { } state)
        {
            await ShareAsync(Parked + state, Encoding.UTF8.GetBytes(name), _lifetime).ConfigureAwait(false);
        }

        return outcome;
    }

    private async Task<ToolCallOutcome> AskOwnerAsync(string state, ToolCallRequest request, CallContext context, CancellationToken cancellationToken)
    {
        if (await _replicas.FindSharedAsync(Parked + state, cancellationToken).ConfigureAwait(false) is not { } name || Encoding.UTF8.GetString(name) is not { } owner || owner == _replicas.Name)
        {
            return ParkedCalls.Over();
        }

        if (_waiting.Count >= MostForeign)
        {
            return CallResults.Failure(ToolCallStatus.BackendFailed, "Too many answers wait for other replicas; try again later.", failure: BackendFailure.Busy);
        }

        // A key of its own for each reply: what came of it is for this caller and no other.
        string key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        SharedAnswer answer = new(owner, state, context.Caller, context.SessionId, [.. context.AnswerableMethods], request.Answers, IsWithdrawn: false);
        try
        {
            return await WaitForOutcomeAsync(key, answer, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await ShareAsync(Answered + key, Json(answer with { Answers = null, IsWithdrawn = true }), SignOfLife).ConfigureAwait(false);
            throw;
        }
        finally
        {
            _waiting.TryRemove(key, out _);
        }
    }

    private async Task<ToolCallOutcome> WaitForOutcomeAsync(string key, SharedAnswer answer, CancellationToken cancellationToken)
    {
        long started = _clock.GetTimestamp();
        bool isTaken = false;
        while (true)
        {
            TaskCompletionSource news = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting[key] = news;
            if (!isTaken)
            {
                // Again and again, since a notice may be lost.
                await _replicas.ShareAsync(Answered + key, Json(answer), SignOfLife, cancellationToken).ConfigureAwait(false);
            }

            await news.Task.WaitAsync(WithoutNotice, _clock, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            byte[]? found = await _replicas.FindSharedAsync(Outcome + key, cancellationToken).ConfigureAwait(false);
            if (found is { Length: > 0 })
            {
                return JsonSerializer.Deserialize(found, SharedCallJsonContext.Default.ToolCallOutcome) ?? ParkedCalls.Over();
            }

            if (found is null && (isTaken || _clock.GetElapsedTime(started) > Patience))
            {
                return CallResults.Failure(ToolCallStatus.InvalidArguments, $"The replica '{answer.Owner}' that made this call does not answer, or the call is over; make it again.");
            }

            isTaken |= found is not null;
        }
    }

    private void Hear(string key)
    {
        if (key.StartsWith(Outcome, StringComparison.Ordinal) && _waiting.TryGetValue(key[Outcome.Length..], out TaskCompletionSource? news))
        {
            news.TrySetResult();
        }
        else if (key.StartsWith(Answered, StringComparison.Ordinal))
        {
            _ = TakeAsync(key[Answered.Length..]);
        }
    }

    private async Task TakeAsync(string key)
    {
        try
        {
            if (await _replicas.FindSharedAsync(Answered + key).ConfigureAwait(false) is not { } found
                || JsonSerializer.Deserialize(found, SharedCallJsonContext.Default.SharedAnswer) is not { } answer
                || answer.Owner != _replicas.Name)
            {
                return;
            }

            CallContext context = new() { Caller = answer.Caller, SessionId = answer.Session, AnswersLater = true, AnswerableMethods = answer.Methods.ToHashSet(StringComparer.Ordinal) };
            if (answer.IsWithdrawn)
            {
                if (_running.TryGetValue(key, out CancellationTokenSource? running))
                {
                    await running.CancelAsync().ConfigureAwait(false);
                }
            }
            else
            {
                await ContinueAsync(key, new ToolCallRequest { State = answer.State, Answers = answer.Answers }, context).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is OptimizerStoreException or JsonException or NotSupportedException or OperationCanceledException or ObjectDisposedException)
        {
            LogNotShared(e.Message);
        }
    }

    private async Task ContinueAsync(string key, ToolCallRequest request, CallContext context)
    {
        using CancellationTokenSource cancel = new();
        if (!_running.TryAdd(key, cancel))
        {
            return;
        }

        try
        {
            // The same reply comes again when its caller's replica did not hear of the outcome yet.
            if (await _replicas.FindSharedAsync(Outcome + key).ConfigureAwait(false) is not null)
            {
                return;
            }

            Task<ToolCallOutcome> call = _parked.ResumeAsync(request, context, cancel.Token);
            while (!call.IsCompleted)
            {
                await ShareAsync(Outcome + key, ReadOnlyMemory<byte>.Empty, SignOfLife).ConfigureAwait(false);
                await ((Task)call).WaitAsync(SignOfLife / 2, _clock).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            ToolCallOutcome outcome = await AnnounceAsync(await call.ConfigureAwait(false)).ConfigureAwait(false);
            await ShareAsync(Outcome + key, JsonSerializer.SerializeToUtf8Bytes(outcome, SharedCallJsonContext.Default.ToolCallOutcome), _lifetime).ConfigureAwait(false);
        }
        finally
        {
            _running.TryRemove(key, out _);
        }
    }

    private async Task ShareAsync(string key, ReadOnlyMemory<byte> value, TimeSpan lifetime)
    {
        try
        {
            using CancellationTokenSource limit = new(Patience, _clock);
            await _replicas.ShareAsync(key, value, lifetime, limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OptimizerStoreException or OperationCanceledException)
        {
            LogNotShared(e.Message);
        }
    }

    private static byte[] Json(SharedAnswer answer) => JsonSerializer.SerializeToUtf8Bytes(answer, SharedCallJsonContext.Default.SharedAnswer);

    [LoggerMessage(EventId = 382, Level = LogLevel.Warning, Message = "The answer to a server's question can be given on one replica only: {Reason}")]
    private partial void LogNotShared(string reason);
}
