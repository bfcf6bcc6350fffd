using System.Globalization;
using System.Net;
using System.Text.Json;
using McpOptimizer.Core.Models;
using McpOptimizer.Core.Models.Calls;
using McpOptimizer.Core.Models.Settings;
using ModelContextProtocol;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>Turns what transports and the SDK throw into a fault with a sentence for the caller.</summary>
internal static class BackendFaults
{
    private const string RemotePrefix = "Request failed (remote): ";
    private const int LongestReason = 1_000;

    /// <summary>Explains an exception. Cancellation must have been dealt with before.</summary>
    /// <param name="thrown">What was thrown.</param>
    /// <param name="endpoint">The backend.</param>
    /// <param name="settings">Limits, for the message.</param>
    /// <param name="request">The operation; null while connecting.</param>
    /// <param name="authorization">The caller's credentials, not to be repeated; null for none.</param>
    public static BackendFault Explain(Exception thrown, BackendEndpoint endpoint, BackendSettings settings, BackendRequest? request, string? authorization = null)
    {
        string server = $"Server '{endpoint.ServerName}'";
        SecretRedactor redactor = new(endpoint, authorization);
        if (request?.OversizedBytes is { } bytes)
        {
            return TooLarge(server, settings, string.Create(CultureInfo.InvariantCulture, $" ({bytes:N0} bytes)")) with { Cause = thrown };
        }

        foreach (Exception e in Chain(thrown))
        {
            BackendFault? fault = e switch
            {
                BackendException known => new BackendFault(known.Failure, known.Message) { RetryAfter = known.RetryAfter, ErrorCode = known.ErrorCode },
                BackendMessageTooLargeException => TooLarge(server, settings, ""),
                BackendAddressException address => new BackendFault(BackendFailure.AddressRefused, $"{server} is not contacted: {redactor.Redact(address.Message)}."),
                BackendSessionExpiredException => new BackendFault(BackendFailure.ConnectionLost, $"{server} ended the session and did not accept a new one.") { SessionLost = true },
                BackendNotSentException => new BackendFault(BackendFailure.ConnectionLost, $"{server} did not take the message: its program has ended or stopped reading.") { SessionLost = true },
                McpProtocolException protocol => new BackendFault(BackendFailure.ProtocolError, $"{server} answered with an error: {Reason(protocol, redactor)}") { ErrorCode = (int)protocol.ErrorCode },
                HttpRequestException http => Explain(http, server, redactor, request),
                _ => null,
            };
            if (fault is not null)
            {
                return fault with { Cause = e is BackendException ? e : thrown };
            }
        }

        return Explain(thrown, server, redactor) with { Cause = thrown };
    }

    /// <summary>The time for an operation is up.</summary>
    public static BackendFault TimedOut(BackendEndpoint endpoint, TimeSpan allowed, bool connected) => new(
        BackendFailure.TimedOut,
        string.Create(CultureInfo.InvariantCulture, $"Server '{endpoint.ServerName}' {(connected ? "gave no answer within" : "is still starting or connecting after")} {allowed.TotalSeconds:0.#} s. ")
        + (connected ? "Whether it did what was asked is not known." : "Nothing was sent to it; try again shortly."))
    {
        NotSent = !connected,
    };

    private static BackendFault Explain(HttpRequestException http, string server, SecretRedactor redactor, BackendRequest? request)
    {
        if (http.StatusCode is { } status)
        {
            return status switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new BackendFault(
                    BackendFailure.Unauthorized, $"{server} refused the credentials (HTTP {(int)status}). Check the headers of its entry, or give it an \"oauth\" member and log in."),
                HttpStatusCode.TooManyRequests => new BackendFault(BackendFailure.Busy, $"{server} is asked too often (HTTP 429).") { RetryAfter = request?.RetryAfter },
                >= HttpStatusCode.InternalServerError => new BackendFault(BackendFailure.ConnectionLost, $"{server} answered HTTP {(int)status}.") { RetryAfter = request?.RetryAfter },
                _ => new BackendFault(BackendFailure.ProtocolError, $"{server} answered HTTP {(int)status}. Check its address and transport."),
            };
        }

        return http.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
            ? new BackendFault(BackendFailure.Unreachable, $"{server} cannot be reached: {redactor.Redact(http.Message)}")
            : new BackendFault(BackendFailure.ConnectionLost, $"The connection to {server} broke: {redactor.Redact(Innermost(http).Message)}");
    }

    private static BackendFault Explain(Exception thrown, string server, SecretRedactor redactor) => thrown switch
    {
        OperationCanceledException => new BackendFault(BackendFailure.ConnectionLost, $"The connection to {server} was closed while it worked.") { SessionLost = true },
        IOException or ObjectDisposedException or InvalidOperationException =>
            new BackendFault(BackendFailure.ConnectionLost, $"The connection to {server} was lost: {Cut(redactor.Redact(Innermost(thrown).Message))}") { SessionLost = true },
        JsonException => new BackendFault(BackendFailure.ProtocolError, $"{server} answered something that is not MCP."),
        McpException or TimeoutException => new BackendFault(BackendFailure.ConnectionLost, $"{server} failed: {Cut(redactor.Redact(thrown.Message))}"),
        _ => new BackendFault(BackendFailure.Unknown, $"{server} failed: {thrown.GetType().Name}."),
    };

    private static BackendFault TooLarge(string server, BackendSettings settings, string size) => new(
        BackendFailure.TooLarge,
        string.Create(CultureInfo.InvariantCulture, $"{server} answered with more{size} than the {settings.MaxResponseBytes:N0} bytes that Backends.MaxResponseBytes allows. Ask for less, for example with a filter or a page."));

    private static string Reason(McpProtocolException protocol, SecretRedactor redactor)
    {
        string message = protocol.Message.StartsWith(RemotePrefix, StringComparison.Ordinal) ? protocol.Message[RemotePrefix.Length..] : protocol.Message;
        return string.Create(CultureInfo.InvariantCulture, $"{Cut(redactor.Redact(message))} (code {(int)protocol.ErrorCode})");
    }

    private static string Cut(string text) => text.Length <= LongestReason ? text : text[..LongestReason] + "…";

    private static Exception Innermost(Exception e) => e.InnerException is { } inner ? Innermost(inner) : e;

    private static IEnumerable<Exception> Chain(Exception? e)
    {
        for (; e is not null; e = e is AggregateException { InnerExceptions: [{ } first, ..] } ? first : e.InnerException)
        {
            yield return e;
        }
    }
}
