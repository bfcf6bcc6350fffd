using System.Collections.Concurrent;
using Hosting.Http;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace Hosting.Sessions;

/// <summary>One client's conversation: the SDK's server and transport, and how long it has been idle.</summary>
internal sealed class HttpSession : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly ConcurrentDictionary<RequestId, PendingResponse> _pending = new();
    private readonly TimeProvider _time;
    private readonly McpServer _server;
    private readonly Task _run;
    private long _lastUse;
    private int _uses;
    private bool _isClosed;
    private int _listening;

    public HttpSession(SessionOwner owner, string caller, StreamableHttpServerTransport transport, McpServer server, TimeProvider time)
    {
        Owner = owner;
        Caller = caller;
        Transport = transport;
        Closed = _closed.Token;
        _server = server;
        _time = time;
        _lastUse = time.GetTimestamp();

        // A session outlives the request that opened it and must not carry that request's ambient state.
        using (ExecutionContext.SuppressFlow())
        {
            _run = Task.Run(() => server.RunAsync(Closed), CancellationToken.None);
        }
    }

    public string Id => Transport.SessionId!;

    public SessionOwner Owner { get; }

    /// <summary>Whose share of the sessions it takes.</summary>
    public string Caller { get; }

    public StreamableHttpServerTransport Transport { get; }

    /// <summary>Cancelled when the session ends.</summary>
    public CancellationToken Closed { get; }

    /// <summary>How long no request has used it; nothing while one does.</summary>
    public TimeSpan IdleTime
    {
        get
        {
            lock (_lock)
            {
                return _uses > 0 ? TimeSpan.Zero : _time.GetElapsedTime(_lastUse);
            }
        }
    }

    /// <summary>A lease for one request, or null when the session has ended.</summary>
    public SessionLease? TryUse()
    {
        lock (_lock)
        {
            if (_isClosed)
            {
                return null;
            }

            _uses++;
            return new SessionLease(this);
        }
    }

    public void Release()
    {
        lock (_lock)
        {
            _uses--;
            _lastUse = _time.GetTimestamp();
        }
    }

    /// <summary>Ends the session if no request uses it and none has for so long.</summary>
    public bool TryExpire(TimeSpan idle)
    {
        lock (_lock)
        {
            if (_isClosed || _uses > 0 || _time.GetElapsedTime(_lastUse) < idle)
            {
                return false;
            }

            _isClosed = true;
            return true;
        }
    }

    /// <summary>Writes what the server says outside of a call, until the client leaves. One such stream at a time.</summary>
    public async Task ListenAsync(HttpResponse response, Stream body, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _listening, 1) == 1)
        {
            throw RequestRejectedException.Invalid("The session has a stream already.", StatusCodes.Status409Conflict);
        }

        try
        {
            EventStream.Begin(response);
            await body.FlushAsync(cancellationToken);
            await Transport.HandleGetRequestAsync(body, cancellationToken);
        }
        finally
        {
            Volatile.Write(ref _listening, 0);
        }
    }

    /// <summary>Waits for the response to a message, for as long as there can be one.</summary>
    public PendingResponse Await(JsonRpcMessage message, CancellationToken clientGone)
    {
        if (message is not JsonRpcRequest request)
        {
            return new PendingResponse(_ => { }, clientGone, Closed);
        }

        PendingResponse pending = new(self => _pending.TryRemove(KeyValuePair.Create(request.Id, self)), clientGone, Closed);
        _pending[request.Id] = pending;
        return pending;
    }

    /// <summary>Ends the wait for a response that the client has cancelled: the SDK sends none.</summary>
    public void EndCancelled(JsonRpcMessage message)
    {
        if (CancelledRequest.IdOf(message) is { } id && _pending.TryGetValue(id, out PendingResponse? pending))
        {
            pending.End();
        }
    }

    /// <summary>Answers a request of the server that cannot be delivered.</summary>
    public async Task RefuseAsync(RequestId id, CancellationToken cancellationToken)
    {
        JsonRpcErrorDetail error = new()
        {
            Code = (int)McpErrorCode.InvalidRequest,
            Message = "The client accepts no event stream, so requests of the server do not reach it.",
        };
        await Transport.HandlePostRequestAsync(new JsonRpcError { Id = id, Error = error }, Stream.Null, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
        }

        await _closed.CancelAsync();
        await _server.DisposeAsync();
        await Transport.DisposeAsync();
        await _run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closed.Dispose();
    }
}
