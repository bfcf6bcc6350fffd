using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using McpOptimizer.Core.Models.Calls;
using ModelContextProtocol;

namespace McpOptimizer.Core.Services.Calls;

/// <summary>One call under way between two requests of its caller.</summary>
internal sealed class ParkedCall
{
    private readonly Channel<(string Key, CallerRequest Question, TaskCompletionSource<JsonObject> Answer)> _questions =
        Channel.CreateUnbounded<(string, CallerRequest, TaskCompletionSource<JsonObject>)>();

    private readonly Dictionary<string, TaskCompletionSource<JsonObject>> _open = new(StringComparer.Ordinal);
    private readonly Action _cancel;
    private readonly CancellationToken _cancelled;
    private volatile CallContext _caller;
    private Task<ToolCallOutcome>? _call;
    private int _keys;

    /// <summary>Creates the call; <see cref="Begin"/> starts it.</summary>
    public ParkedCall(CallContext caller)
    {
        _caller = caller;
        CancellationTokenSource source = new();
        _cancel = source.Cancel;
        _cancelled = source.Token;
    }

    /// <summary>Whether a caller is the one who made the call.</summary>
    public bool BelongsTo(CallContext caller) => caller.Caller == _caller.Caller && caller.SessionId == _caller.SessionId;

    /// <summary>Starts the call, with questions led here and reports to whoever waits at the moment.</summary>
    public void Begin(Func<CallContext, CancellationToken, Task<ToolCallOutcome>> call)
    {
        CallContext inner = _caller with
        {
            AnswersLater = false,
            OnRequest = AskAsync,
            OnProgress = _caller.OnProgress is null ? null : (progress, token) => _caller.OnProgress?.Invoke(progress, token) ?? ValueTask.CompletedTask,
        };
        _call = Task.Run(() => call(inner, _cancelled));
        _ = _call.ContinueWith(_ => _questions.Writer.TryComplete(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>The next questions; null when the call has ended.</summary>
    public async Task<IReadOnlyDictionary<string, CallerRequest>?> NextQuestionAsync()
    {
        if (!await _questions.Reader.WaitToReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            return null;
        }

        Dictionary<string, CallerRequest> asked = new(StringComparer.Ordinal);
        while (_questions.Reader.TryRead(out (string Key, CallerRequest Question, TaskCompletionSource<JsonObject> Answer) next))
        {
            asked[next.Key] = next.Question;
            _open[next.Key] = next.Answer;
        }

        return asked;
    }

    /// <summary>Hands the caller's answers to the backend; a question that was not answered is refused.</summary>
    public void Answer(IReadOnlyDictionary<string, JsonElement> answers, CallContext caller)
    {
        _caller = caller;
        foreach ((string key, TaskCompletionSource<JsonObject> waiting) in _open)
        {
            if (answers.TryGetValue(key, out JsonElement answer) && answer.ValueKind == JsonValueKind.Object)
            {
                waiting.TrySetResult(JsonObject.Create(answer)!);
            }
            else
            {
                waiting.TrySetException(new McpException("the caller gave no answer"));
            }
        }

        _open.Clear();
    }

    /// <summary>Waits for the end of the call.</summary>
    public async Task<ToolCallOutcome> FinishAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _call!.ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return CallResults.Failure(ToolCallStatus.Cancelled, "The call was ended because its question was not answered in time.");
        }
    }

    /// <summary>Ends the call; the backend is told.</summary>
    public void Cancel() => _cancel();

    private async ValueTask<JsonObject> AskAsync(CallerRequest question, CancellationToken cancellationToken)
    {
        TaskCompletionSource<JsonObject> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        string key = $"q{Interlocked.Increment(ref _keys)}";
        _questions.Writer.TryWrite((key, question, answer));
        return await answer.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }
}
