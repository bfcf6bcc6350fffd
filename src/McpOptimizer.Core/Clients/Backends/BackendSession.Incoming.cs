using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models.Calls;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Clients.Backends;

/// <content>What comes from the backend: progress, changes, questions to callers.</content>
internal sealed partial class BackendSession
{
    private const string Cancelled = NotificationMethods.CancelledNotification;

    // Sees every message in order; true keeps it from the SDK.
    private bool Take(JsonRpcMessage message)
    {
        Volatile.Write(ref _lastHeard, _clock.GetTimestamp());
        switch (message)
        {
            case JsonRpcResponse response:
                _transport.Http?.Restore(response);
                NoteInputRequired(response);
                return false;
            case JsonRpcError { Error.Code: OversizedMessage.Code } error when _requests.TryGetValue(error.Id, out BackendRequest? request):
                request.OversizedBytes = OversizedMessage.BytesOf(error);
                return false;
            case JsonRpcError error:
                NoteError(error, _requests.GetValueOrDefault(error.Id) ?? _connecting);
                return false;
            case JsonRpcNotification { Method: NotificationMethods.ProgressNotification } progress:
                return Report(progress.Params as JsonObject);
            case JsonRpcNotification { Method: NotificationMethods.ToolListChangedNotification }:
                _onChange(BackendChangeKind.Tools);
                return true;
            case JsonRpcNotification { Method: NotificationMethods.ResourceListChangedNotification }:
                _onChange(BackendChangeKind.Resources);
                return true;
            case JsonRpcNotification { Method: NotificationMethods.PromptListChangedNotification }:
                _onChange(BackendChangeKind.Prompts);
                return true;
            case JsonRpcNotification { Method: Cancelled } cancelled:
                return Withdraw(cancelled.Params as JsonObject);
            case JsonRpcRequest { Method: CallerMethods.Elicit or CallerMethods.Sample } question:
                _ = Task.Run(() => AnswerAsync(question));
                return true;
            default:
                return false;
        }
    }

    // The SDK would answer by itself, without knowing whom to ask: take its mark away and go on in SendAsync.
    private void NoteInputRequired(JsonRpcResponse response)
    {
        if (_requests.TryGetValue(response.Id, out BackendRequest? request)
            && response.Result is JsonObject result
            && result["resultType"] is JsonValue type
            && type.TryGetValue(out string? word)
            && word == "input_required")
        {
            result.Remove("resultType");
            request.InputRequired = true;
        }
    }

    // The SDK keeps the words and the code of an error only.
    private void NoteError(JsonRpcError error, BackendRequest request)
    {
        request.ErrorData = error.Error.Data switch
        {
            null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
            JsonElement json => json.GetRawText(),
            object other => other.ToString(),
        };

        if (_transport.Http is { } http && request != _connecting && !IsPerRequestEra && BackendSessionExpiredException.IsSaidBy(error.Error.Code, error.Error.Message))
        {
            http.SessionExpired = true;
            request.SessionUnknown = true;
            request.MayHaveArrived = false;
        }
    }

    private bool Report(JsonObject? progress)
    {
        if (progress?["progressToken"]?.ToString() is not { } token
            || !long.TryParse(token, out long number)
            || !_requests.TryGetValue(new RequestId(number), out BackendRequest? request))
        {
            return false;
        }

        request.Clock.Prolong();
        request.Progress?.Writer.TryWrite(new CallProgress(Number(progress["progress"]) ?? 0, Number(progress["total"]), (progress["message"] as JsonValue)?.ToString()));
        return true;

        static double? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue(out double parsed) ? parsed : null;
    }

    private async Task ForwardProgressAsync(BackendRequest request)
    {
        if (request.Progress is null)
        {
            return;
        }

        try
        {
            await foreach (CallProgress progress in request.Progress.Reader.ReadAllAsync(request.Clock.Token).ConfigureAwait(false))
            {
                await request.Context.OnProgress!(progress, request.Clock.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            // The caller is gone or does not take reports; the call itself is not touched by that.
            LogSideMessageFailed(_endpoint.ServerName, e.Message);
        }
    }

    private bool Withdraw(JsonObject? cancelled)
    {
        RequestId id = cancelled?["requestId"] switch
        {
            JsonValue value when value.TryGetValue(out long number) => new RequestId(number),
            JsonValue value when value.TryGetValue(out string? text) => new RequestId(text),
            _ => default,
        };
        if (id.Id is null || !_questions.TryGetValue(id, out CancellationTokenSource? question))
        {
            return false;
        }

        question.Cancel();
        return true;
    }

    // Handshake era: the backend sends a request of its own while it works on the call.
    private async Task AnswerAsync(JsonRpcRequest question)
    {
        BackendRequest? owner = FindOwner(question);
        if (owner is null)
        {
            Refuse(question, "no caller can be asked now, or it is not clear which of several to ask");
            return;
        }

        using CancellationTokenSource withdrawn = CancellationTokenSource.CreateLinkedTokenSource(owner.Clock.Token, _closing.Token);
        _questions[question.Id] = withdrawn;
        try
        {
            JsonObject answer = await AskAsync(owner, question.Method, question.Params as JsonObject ?? [], withdrawn.Token).ConfigureAwait(false);
            SendAside(new JsonRpcResponse { Id = question.Id, Result = answer });
        }
        catch (OperationCanceledException) when (withdrawn.IsCancellationRequested)
        {
            Refuse(question, "the call was cancelled");
        }
        catch (Exception e)
        {
            Refuse(question, e is McpException ? e.Message : "the caller could not be asked");
        }
        finally
        {
            _questions.TryRemove(question.Id, out _);
        }
    }

    // 2026-07-28: the backend ends the request with questions, and continues it when it is sent again with the answers.
    private static async Task<JsonObject> AnswerAsync(JsonObject parameters, JsonObject result, BackendRequest request)
    {
        JsonObject again = (JsonObject)parameters.DeepClone();
        again.Remove("inputResponses");
        again.Remove("requestState");
        if (result["requestState"] is { } state)
        {
            again["requestState"] = state.DeepClone();
        }

        if (result["inputRequests"] is JsonObject { Count: > 0 } questions)
        {
            JsonObject answers = [];
            foreach ((string key, JsonNode? node) in questions)
            {
                string method = (node?["method"] as JsonValue)?.ToString() ?? "";
                if (!request.Context.CanAnswer(method))
                {
                    throw new McpException($"the server wants '{method}' answered, which this caller cannot do");
                }

                answers[key] = await AskAsync(request, method, node?["params"]?.DeepClone() as JsonObject ?? [], request.Clock.Token).ConfigureAwait(false);
            }

            again["inputResponses"] = answers;
        }
        else if (result["requestState"] is null)
        {
            throw new McpException("the server asked for input without saying for which");
        }

        return again;
    }

    private static async Task<JsonObject> AskAsync(BackendRequest owner, string method, JsonObject parameters, CancellationToken cancellationToken)
    {
        owner.Clock.Pause();
        try
        {
            JsonObject answer = await owner.Context.OnRequest!(new CallerRequest(method, parameters), cancellationToken).ConfigureAwait(false);
            return (JsonObject)answer.DeepClone();
        }
        finally
        {
            owner.Clock.Resume();
        }
    }

    // Over HTTP the question comes in the answer to the call it belongs to. Over stdio nothing says so: then it must be clear from who is calling.
    private BackendRequest? FindOwner(JsonRpcRequest question)
    {
        if (_owners.TryRemove(question.Id.ToString(), out BackendRequest? known))
        {
            return known.Context.CanAnswer(question.Method) ? known : null;
        }

        List<KeyValuePair<RequestId, BackendRequest>> candidates = [.. _requests.Where(entry => entry.Value.Context.CanAnswer(question.Method))];
        bool sameCaller = candidates.Count == 1
            || (candidates.Count > 1
                && candidates[0].Value.Context.SessionId is not null
                && candidates.TrueForAll(entry => entry.Value.Context.SessionId == candidates[0].Value.Context.SessionId && entry.Value.Context.Caller == candidates[0].Value.Context.Caller));
        return sameCaller ? candidates.MaxBy(entry => entry.Key.Id as long? ?? 0).Value : null;
    }

    private void Refuse(JsonRpcRequest question, string reason) => SendAside(new JsonRpcError
    {
        Id = question.Id,
        Error = new JsonRpcErrorDetail { Code = CodeInternalError, Message = reason },
    });
}
