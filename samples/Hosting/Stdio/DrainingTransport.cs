using System.Threading.Channels;
using Hosting.Messages;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hosting.Stdio;

/// <summary>
/// Standard input and output, with the unanswered requests counted. A client that writes its requests and closes its end still gets the answers
/// that take no longer than <see cref="McpHostOptions.EndOfInputTimeout"/>.
/// </summary>
internal sealed class DrainingTransport : ITransport
{
    private readonly Channel<JsonRpcMessage> _messages =
        Channel.CreateUnbounded<JsonRpcMessage>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private readonly CancellationTokenSource _disposed = new();
    private readonly HeldInput _input;
    private readonly StreamServerTransport _stream;
    private readonly PendingCalls _calls;
    private readonly Task _started;
    private readonly TimeSpan _answerTime;
    private readonly TaskCompletionSource _outputGone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _pump;

    public DrainingTransport(Stream input, Stream output, PendingCalls calls, Task started, McpHostOptions options, ILoggerFactory loggerFactory)
    {
        _input = new HeldInput(new MessageLines(input, Refuse));
        _stream = new StreamServerTransport(_input, output, options.Name, loggerFactory);
        _calls = calls;
        _started = started;
        _answerTime = options.EndOfInputTimeout;
        Ended = Task.WhenAny(_input.Ended, _outputGone.Task);
        _pump = PumpAsync();
    }

    /// <summary>Completes when the client is gone: its input has been read to the end, or nobody takes our output any more.</summary>
    public Task Ended { get; }

    /// <summary>Completes when the client is gone and its requests are answered, or have had their time.</summary>
    public Task Drained => _pump;

    public string? SessionId => _stream.SessionId;

    public ChannelReader<JsonRpcMessage> MessageReader => _messages.Reader;

    public async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        try
        {
            await _stream.SendMessageAsync(message, cancellationToken);
        }
        catch (IOException)
        {
            _outputGone.TrySetResult();
            throw;
        }
        finally
        {
            if (message is JsonRpcResponse or JsonRpcError)
            {
                _calls.Remove(((JsonRpcMessageWithId)message).Id);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _disposed.CancelAsync();
        await _stream.DisposeAsync();
        await _pump.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _disposed.Dispose();
    }

    private void Refuse(MessageRefusedException refused)
    {
        if (refused.Id.Id is null)
        {
            return;
        }

        JsonRpcError answer = new() { Id = refused.Id, Error = new JsonRpcErrorDetail { Code = (int)McpErrorCode.InvalidRequest, Message = refused.Message } };
        _ = SendMessageAsync(answer, _disposed.Token);
    }

    private async Task PumpAsync()
    {
        try
        {
            // The stream is read line by line: when its end is announced, every message before it is in the channel.
            Task<bool> more = _stream.MessageReader.WaitToReadAsync(_disposed.Token).AsTask();
            while (await Task.WhenAny(more, Ended) == more && await more)
            {
                PassOn();
                more = _stream.MessageReader.WaitToReadAsync(_disposed.Token).AsTask();
            }

            PassOn();

            // No request is answered before; the time is for the answers.
            await _started.WaitAsync(_disposed.Token);
            await Task.WhenAny(_calls.WaitAsync(), Task.Delay(_answerTime, _disposed.Token));
        }
        finally
        {
            _messages.Writer.TryComplete();
        }
    }

    private void PassOn()
    {
        while (_stream.MessageReader.TryRead(out JsonRpcMessage? message))
        {
            // A subscription has no answer to wait for: it lasts until someone ends it.
            if (message is JsonRpcRequest request && request.Method != RequestMethods.SubscriptionsListen)
            {
                _calls.Add(request.Id);
            }

            _messages.Writer.TryWrite(message);

            // A cancelled request gets no answer.
            if (CancelledRequest.IdOf(message) is { } cancelled)
            {
                _calls.Remove(cancelled);
            }
        }
    }
}
