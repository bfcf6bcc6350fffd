using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>One live MCP session with a backend, used by many operations at once.</summary>
internal sealed partial class BackendSession : IAsyncDisposable
{
    private const string PerRequestEra = "2026-07-28";
    private const int MaxInputRounds = 10;
    private const int CodeInternalError = -32603;

    private static readonly TimeSpan SideMessageTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FarewellTimeout = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PatienceAfterRetirement = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<RequestId, BackendRequest> _requests = new();
    private readonly ConcurrentDictionary<string, BackendRequest> _owners = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<RequestId, CancellationTokenSource> _questions = new();
    private readonly ConcurrentDictionary<string, byte> _headerTools = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _closing = new();
    private readonly BackendEndpoint _endpoint;
    private readonly Action<BackendChangeKind> _onChange;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly BackendTransport _transport;
    private readonly BackendRequest _connecting;
    private McpClient? _client;
    private RequestId? _listening;
    private long _lastId = 1_000_000;
    private long _lastHeard;
    private int _disposed;

    private BackendSession(BackendEndpoint endpoint, BackendTransport transport, BackendRequest connecting, Action<BackendChangeKind> onChange, TimeProvider clock, ILogger logger)
    {
        _connecting = connecting;
        _endpoint = endpoint;
        _transport = transport;
        _onChange = onChange;
        _clock = clock;
        _logger = logger;
        transport.ServerRequestSeen = (id, owner) => _owners[id] = owner;
    }

    /// <summary>Whether operations can still be started on it.</summary>
    public bool IsUsable => !Completion.IsCompleted && !IsExpired && Volatile.Read(ref _disposed) == 0;

    /// <summary>Whether the backend forgot it.</summary>
    public bool IsExpired => _transport.Http?.SessionExpired == true;

    /// <summary>Why it ended by itself; null while it lives, or when nothing is known.</summary>
    public string? EndReason => Completion.IsCompletedSuccessfully ? Completion.Result.Exception?.Message : null;

    /// <summary>Done when the connection is gone.</summary>
    public Task<ClientCompletionDetails> Completion => Client.Completion;

    /// <summary>What the server said about itself.</summary>
    public Implementation? ServerInfo
    {
        get
        {
            try
            {
                return Client.ServerInfo;
            }
            catch (InvalidOperationException)
            {
                // The SDK's way to say that the server did not introduce itself.
                return null;
            }
        }
    }

    /// <summary>What the server says about its use.</summary>
    public string? Instructions => Client.ServerInstructions;

    /// <summary>What the server can do.</summary>
    public ServerCapabilities Capabilities => Client.ServerCapabilities;

    /// <summary>The protocol version in use.</summary>
    public string? ProtocolVersion => Client.NegotiatedProtocolVersion;

    /// <summary>The server's process, for stdio.</summary>
    public int? ProcessId => _transport.Stdio?.ProcessId;

    /// <summary>Operations under way.</summary>
    public int Running => _requests.Count;

    private McpClient Client => _client ?? throw new InvalidOperationException("The session is not connected yet.");

    private bool IsPerRequestEra => string.CompareOrdinal(ProtocolVersion, PerRequestEra) >= 0;

    /// <summary>Connects and introduces ourselves.</summary>
    /// <param name="endpoint">The backend.</param>
    /// <param name="transport">The way to it.</param>
    /// <param name="greeting">The first words.</param>
    /// <param name="settings">What is offered to it.</param>
    /// <param name="onChange">Told when it says that something changed.</param>
    /// <param name="request">Holds the time and what is learnt about a failure.</param>
    /// <param name="clock">Time.</param>
    /// <param name="loggerFactory">Makes loggers that keep the backend's secrets.</param>
    public static async Task<BackendSession> ConnectAsync(
        BackendEndpoint endpoint,
        BackendTransport transport,
        Greeting greeting,
        BackendSettings settings,
        Action<BackendChangeKind> onChange,
        BackendRequest request,
        TimeProvider clock,
        ILoggerFactory loggerFactory)
    {
        BackendSession session = new(endpoint, transport, request, onChange, clock, loggerFactory.CreateLogger<BackendSession>());
        McpClientOptions options = new()
        {
            ClientInfo = new Implementation { Name = "mcp-optimizer", Version = typeof(BackendSession).Assembly.GetName().Version?.ToString(3) ?? "0" },
            InitializationTimeout = settings.ConnectTimeout,
            Capabilities = new ClientCapabilities(),
        };
        if (settings.OfferElicitation)
        {
            options.Capabilities.Elicitation = new ElicitationCapability { Form = new FormElicitationCapability(), Url = new UrlElicitationCapability() };
        }

        if (settings.OfferSampling)
        {
#pragma warning disable MCP9005 // Deprecated in the protocol, and still what many servers use.
            options.Capabilities.Sampling = new SamplingCapability();
#pragma warning restore MCP9005
        }

        BackendRequest.Current = request;
        session._client = await McpClient.CreateAsync(
            new InterceptingTransport(transport.Client, greeting, session.Take), options, loggerFactory, request.Clock.Token).ConfigureAwait(false);
        BackendRequest.Current = null;
        session.ListenForChanges();
        return session;
    }

    /// <summary>Sends one request and returns its result as the backend sent it.</summary>
    public async Task<JsonObject> SendAsync(string method, JsonObject parameters, BackendRequest request)
    {
        Task progress = ForwardProgressAsync(request);
        try
        {
            for (int round = 0; ; round++)
            {
                JsonObject result = await SendOnceAsync(method, parameters, request).ConfigureAwait(false);
                if (!request.InputRequired)
                {
                    return result;
                }

                if (round == MaxInputRounds)
                {
                    throw new McpException($"the server asked for input more than {MaxInputRounds} times");
                }

                request.InputRequired = false;
                parameters = await AnswerAsync(parameters, result, request).ConfigureAwait(false);
            }
        }
        finally
        {
            request.Progress?.Writer.TryComplete();
            await progress.ConfigureAwait(false);
        }
    }

    /// <summary>Whether the backend answers at all, asked with the cheapest request there is.</summary>
    /// <param name="since">A timestamp: a message heard later than that is answer enough.</param>
    public async Task<bool> IsAnsweringAsync(long since)
    {
        if (Volatile.Read(ref _lastHeard) > since)
        {
            return true;
        }

        try
        {
            using CancellationTokenSource timeout = new(SideMessageTimeout, _clock);
            string method = IsPerRequestEra ? "server/discover" : "ping";
            await Client.SendRequestAsync(new JsonRpcRequest { Method = method, Params = new JsonObject() }, timeout.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is McpProtocolException)
        {
            // An error is an answer.
            return true;
        }
        catch (Exception e)
        {
            LogNotAnswering(_endpoint.ServerName, e.Message);
            return Volatile.Read(ref _lastHeard) > since;
        }
    }

    /// <summary>Tells the SDK about a tool whose arguments travel as HTTP headers too; without it the backend would refuse the call.</summary>
    /// <returns>What is wrong with the headers, so that the protocol forbids to use the tool here; null when nothing is.</returns>
    public string? Know(string toolName, ReadOnlyMemory<byte> definition)
    {
        if (definition.Span.IndexOf("\"x-mcp-header\""u8) < 0 || _headerTools.ContainsKey(toolName))
        {
            return null;
        }

        try
        {
            if (JsonSerializer.Deserialize(definition.Span, McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(Tool))) is Tool tool)
            {
                Client.AddKnownTools([tool]);
            }

            _headerTools.TryAdd(toolName, 0);
            return null;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            // The word means something over HTTP from 2026-07-28 on only.
            return IsPerRequestEra && _transport.Http is not null ? e.Message : null;
        }
    }

    /// <summary>Closes the session once the operations under way have ended, or after a short while.</summary>
    public async Task RetireAsync()
    {
        long start = _clock.GetTimestamp();
        while (!_requests.IsEmpty && _clock.GetElapsedTime(start) < PatienceAfterRetirement && !Completion.IsCompleted)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), _clock).ConfigureAwait(false);
        }

        await DisposeAsync().ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        await StopListeningAsync().ConfigureAwait(false);
        await _closing.CancelAsync().ConfigureAwait(false);
        try
        {
            await Client.DisposeAsync().ConfigureAwait(false);
        }
        catch (Exception e)
        {
            // The session is given up either way; its process and sockets go with the transport below.
            LogCloseFailed(_endpoint.ServerName, e.Message);
        }

        await _transport.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<JsonObject> SendOnceAsync(string method, JsonObject parameters, BackendRequest request)
    {
        RequestId id = new(Interlocked.Increment(ref _lastId));
        _requests[id] = request;
        request.Listing?.Request = id;
        BackendRequest.Current = request;
        if (request.Progress is not null || method == RequestMethods.ToolsCall)
        {
            // Also where nobody listens: progress is what tells a long call from a dead one.
            Child(parameters, "_meta")["progressToken"] = id.ToString();
        }

        CancellationToken cancellationToken = request.Clock.Token;
        try
        {
            JsonRpcRequest message = new() { Id = id, Method = method, Params = parameters };
            JsonRpcResponse response = await Client.SendRequestAsync(message, cancellationToken).ConfigureAwait(false);
            return response.Result as JsonObject ?? throw new McpException($"its result is not an object: {JsonText.Of(response.Result)}");
        }
        catch (McpProtocolException e) when (request.SessionUnknown)
        {
            throw new BackendSessionExpiredException(e);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested && !(IsPerRequestEra && _transport.Http is not null))
        {
            // The SDK withdraws its own notice before it is sent. Only over HTTP from 2026-07-28 on is dropping the connection enough.
            SendCancelled(id);
            throw;
        }
        finally
        {
            _requests.TryRemove(id, out _);
            foreach ((string question, _) in _owners.Where(entry => entry.Value == request))
            {
                _owners.TryRemove(question, out _);
            }
        }
    }

    private void SendCancelled(RequestId id) => SendAside(Cancelling(id, "the caller gave up"));

    private static JsonRpcNotification Cancelling(RequestId id, string reason) => new()
    {
        Method = NotificationMethods.CancelledNotification,
        Params = new JsonObject { ["requestId"] = id.Id is long number ? number : id.ToString(), ["reason"] = reason },
    };

    // Answers to the backend's questions and the like: nobody waits for them.
    private void SendAside(JsonRpcMessage message) => _ = Task.Run(async () =>
    {
        try
        {
            BackendRequest.Current = null;
            using CancellationTokenSource timeout = new(SideMessageTimeout, _clock);
            await Client.SendMessageAsync(message, timeout.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogSideMessageFailed(_endpoint.ServerName, e.Message);
        }
    });

    // From 2026-07-28 on, changes are told only to those who listen.
    private void ListenForChanges()
    {
        ServerCapabilities can = Client.ServerCapabilities;
        JsonObject wanted = [];
        Want("toolsListChanged", can.Tools?.ListChanged);
        Want("resourcesListChanged", can.Resources?.ListChanged);
        Want("promptsListChanged", can.Prompts?.ListChanged);
        if (IsPerRequestEra && wanted.Count > 0)
        {
            _ = Task.Run(() => ListenAsync(wanted));
        }

        void Want(string name, bool? offered)
        {
            if (offered == true)
            {
                wanted[name] = true;
            }
        }
    }

    private async Task ListenAsync(JsonObject wanted)
    {
        try
        {
            while (!_closing.IsCancellationRequested)
            {
                RequestId id = new(Interlocked.Increment(ref _lastId));
                JsonRpcRequest listen = new() { Id = id, Method = "subscriptions/listen", Params = new JsonObject { ["notifications"] = wanted.DeepClone() } };
                _listening = id;
                await Client.SendRequestAsync(listen, _closing.Token).ConfigureAwait(false);
                await Task.Delay(TimeSpan.FromSeconds(1), _clock, _closing.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            LogNotListening(_endpoint.ServerName, e.Message);
        }
    }

    // A program may wait for its requests to end before it ends itself: one that is never answered would keep it. Over HTTP the connection's end says the same.
    private async Task StopListeningAsync()
    {
        if (_listening is not { } id || _transport.Stdio is null || Completion.IsCompleted)
        {
            return;
        }

        try
        {
            using CancellationTokenSource timeout = new(FarewellTimeout, _clock);
            await Client.SendMessageAsync(Cancelling(id, "the client is closing"), timeout.Token).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            LogSideMessageFailed(_endpoint.ServerName, e.Message);
        }
    }

    private static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject child)
        {
            child = [];
            parent[name] = child;
        }

        return child;
    }

    [LoggerMessage(EventId = 3010, Level = LogLevel.Debug, Message = "{Server} does not answer: {Reason}")]
    private partial void LogNotAnswering(string server, string reason);

    [LoggerMessage(EventId = 3012, Level = LogLevel.Debug, Message = "Closing the session with {Server} failed: {Reason}")]
    private partial void LogCloseFailed(string server, string reason);

    [LoggerMessage(EventId = 3013, Level = LogLevel.Debug, Message = "A message to {Server} could not be sent: {Reason}")]
    private partial void LogSideMessageFailed(string server, string reason);

    [LoggerMessage(EventId = 3014, Level = LogLevel.Debug, Message = "Changes at {Server} are not heard of any more: {Reason}")]
    private partial void LogNotListening(string server, string reason);
}
