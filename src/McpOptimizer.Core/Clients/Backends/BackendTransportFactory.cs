using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ModelContextProtocol.Authentication;
using ModelContextProtocol.Client;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>Makes the transport an endpoint asks for.</summary>
internal sealed class BackendTransportFactory(
    IOptions<McpOptimizerOptions> options, IHttpMessageHandlerFactory handlers, AddressGuard guard, ProcessReaper reaper, IOAuthTokenStore tokens, TimeProvider clock, ILoggerFactory loggerFactory)
{
    private readonly FrameWarnings _warnings = new(loggerFactory);

    /// <summary>A transport that is not connected yet.</summary>
    /// <param name="endpoint">Where to.</param>
    /// <param name="authorization">The caller's own credentials, when the session is theirs alone; else null.</param>
    /// <param name="redactor">Takes secrets out of what is logged; one of its own when null.</param>
    /// <exception cref="BackendException">The endpoint lacks what its transport needs.</exception>
    public BackendTransport Create(BackendEndpoint endpoint, string? authorization, SecretRedactor? redactor = null)
    {
        TransportKind kind = endpoint.Transport == TransportKind.Unknown ? Guess(endpoint) : endpoint.Transport;
        return kind == TransportKind.Stdio ? CreateStdio(endpoint) : CreateHttp(endpoint, kind, authorization, redactor ?? new SecretRedactor(endpoint, authorization));
    }

    private static TransportKind Guess(BackendEndpoint endpoint)
    {
        if (endpoint.Url is null)
        {
            return TransportKind.Stdio;
        }

        return endpoint.Url.IsAbsoluteUri && endpoint.Url.AbsolutePath.TrimEnd('/').EndsWith("/sse", StringComparison.OrdinalIgnoreCase)
            ? TransportKind.Sse
            : TransportKind.StreamableHttp;
    }

    private BackendTransport CreateStdio(BackendEndpoint endpoint)
    {
        if (string.IsNullOrWhiteSpace(endpoint.Command))
        {
            throw new BackendException(endpoint.ServerName, BackendFailure.InvalidEndpoint, $"Server '{endpoint.ServerName}' has neither an address nor a command.");
        }

        SdkLoggerFactory loggers = new(loggerFactory, new SecretRedactor(endpoint));
        StdioBackendTransport transport = new(endpoint, options.Value.Backends, reaper, _warnings, clock, loggers);
        return new BackendTransport(transport) { Stdio = transport };
    }

    /// <summary>A transport that logs in as a person is told to, for one use.</summary>
    public BackendTransport CreateForLogin(BackendEndpoint endpoint, ClientOAuthOptions oauth) =>
        CreateHttp(endpoint, endpoint.Transport == TransportKind.Unknown ? Guess(endpoint) : endpoint.Transport, null, new SecretRedactor(endpoint), oauth);

    /// <summary>Where the tokens of an endpoint are.</summary>
    public IOAuthTokens TokensOf(BackendEndpoint endpoint) => tokens.Of(endpoint);

    private BackendTransport CreateHttp(BackendEndpoint endpoint, TransportKind kind, string? authorization, SecretRedactor redactor, ClientOAuthOptions? login = null)
    {
        if (endpoint.Url is not { IsAbsoluteUri: true } url)
        {
            throw new BackendException(endpoint.ServerName, BackendFailure.InvalidEndpoint, $"Server '{endpoint.ServerName}' has no absolute address.");
        }

        guard.Check(url);
        BackendSettings settings = options.Value.Backends;
        BackendTransport? made = null;
        HttpFrames frames = new(endpoint.ServerName, _warnings);
        BackendHttpHandler handler = new(
            handlers.CreateHandler(BackendHttpClient.HandlerName), url, kind == TransportKind.Sse, settings, guard, frames, clock, (id, owner) => made?.ServerRequestSeen?.Invoke(id, owner));
        BackendHttpClient client = new(handler);
        HttpClientTransportOptions transport = new()
        {
            Endpoint = url,
            Name = endpoint.ServerName,
            TransportMode = kind == TransportKind.Sse ? HttpTransportMode.Sse : HttpTransportMode.StreamableHttp,
            ConnectionTimeout = settings.ConnectTimeout,
            AdditionalHeaders = Headers(endpoint, authorization),
            OAuth = login ?? (endpoint.OAuth is null ? null : OAuthSetup.Unattended(endpoint, TokensOf(endpoint))),
        };
        made = new BackendTransport(new HttpClientTransport(transport, client, new SdkLoggerFactory(loggerFactory, redactor)))
        {
            Http = new BackendTransport.HttpSide(handler, frames, client),
        };
        return made;
    }

    private static Dictionary<string, string> Headers(BackendEndpoint endpoint, string? authorization)
    {
        Dictionary<string, string> headers = new(endpoint.Headers, StringComparer.OrdinalIgnoreCase);
        if (authorization is not null)
        {
            headers["Authorization"] = authorization;
        }

        return headers;
    }
}
