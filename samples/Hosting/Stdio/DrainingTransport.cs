using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hosting.Stdio;

/// <summary>
/// Standard input and output, with the unanswered requests counted. A client that writes its requests and closes its end still gets the answers:
/// the session goes on until they are out, or the drain timeout is over.
/// </summary>
internal sealed class DrainingTransport : ITransport
{
    private readonly Channel<JsonRpcMessage> _messages =
        Channel.CreateUnbounded<JsonRpcMessage>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private readonly CancellationTokenSource _disposed = new();
    private readonly HeldInput _input;
    private readonly StreamServerTransport _stream;
    private readonly PendingCalls _calls;
    private readonly TimeSpan _drainTimeout;
    private readonly Task _pump;

    public DrainingTransport(Stream input, Stream output, PendingCalls calls, McpHostOptions options, ILoggerFactory loggerFactory)
    {
        _input = new HeldInput(input);
        _stream = new StreamServerTransport(_input, output, options.Name, loggerFactory);
        _calls = calls;
        _drainTimeout = options.DrainTimeout;
        _pump = PumpAsync();
    }

    public string? SessionId => _stream.SessionId;

    public ChannelReader<JsonRpcMessage> MessageReader => _messages.Reader;

    public async Task SendMessageAsync(JsonRpcMessage message, CancellationToken cancellationToken = default)
    {
        try
        {
            await _stream.SendMessageAsync(message, cancellationToken);
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

    private async Task PumpAsync()
    {
        try
        {
            // The stream is read line by line: when its end is announced, every message before it is in the channel.
            Task<bool> more = _stream.MessageReader.WaitToReadAsync(_disposed.Token).AsTask();
            while (await Task.WhenAny(more, _input.Ended) == more && await more)
            {
                PassOn();
                more = _stream.MessageReader.WaitToReadAsync(_disposed.Token).AsTask();
            }

            PassOn();
            await Task.WhenAny(_calls.WaitAsync(), Task.Delay(_drainTimeout, _disposed.Token));
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
            if (message is JsonRpcRequest request)
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
