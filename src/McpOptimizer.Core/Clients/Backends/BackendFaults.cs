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
    private const int LongestData = 500;

    /// <summary>Explains an exception. Cancellation must have been dealt with before.</summary>
    /// <param name="thrown">What was thrown.</param>
    /// <param name="endpoint">The backend.</param>
    /// <param name="settings">Limits, for the message.</param>
    /// <param name="request">The operation, or the connection that was to come up.</param>
    /// <param name="redactor">Takes secrets out of what the backend said.</param>
    public static BackendFault Explain(Exception thrown, BackendEndpoint endpoint, BackendSettings settings, BackendRequest request, SecretRedactor redactor)
    {
        string server = $"Server '{endpoint.ServerName}'";
        if (request.OversizedBytes is { } bytes)
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
                BackendNotSentException { End: { } end } => Lost(endpoint.ServerName, redactor.Redact(end)),
                BackendNotSentException => new BackendFault(BackendFailure.ConnectionLost, $"{server} did not take the message: its program has stopped reading.") { SessionLost = true },
                McpProtocolException protocol => new BackendFault(BackendFailure.ProtocolError, $"{server} answered with an error: {Reason(protocol, request, redactor)}") { ErrorCode = (int)protocol.ErrorCode },
                HttpRequestException http => Explain(http, server, redactor, request),
                _ => null,
            };
            if (fault is not null)
            {
                return fault with { Cause = e is BackendException ? e : thrown };
            }
        }

        return Explain(thrown, endpoint.ServerName, redactor, request) with { Cause = thrown };
    }

    /// <summary>The time for an operation is up.</summary>
    /// <param name="endpoint">The backend.</param>
    /// <param name="allowed">The time it had without a sign of progress.</param>
    /// <param name="settings">Limits, for the message.</param>
    /// <param name="clock">The operation's clock.</param>
    /// <param name="connected">Whether there was a session.</param>
    public static BackendFault TimedOut(BackendEndpoint endpoint, TimeSpan allowed, BackendSettings settings, OperationClock clock, bool connected)
    {
        string server = $"Server '{endpoint.ServerName}'";
        string message = connected
            ? clock.IsTotalUsed
                ? string.Create(CultureInfo.InvariantCulture, $"{server} told of progress and gave no answer within {settings.MaxCallDuration.TotalSeconds:0.#} s (Backends.MaxCallDuration).")
                : string.Create(CultureInfo.InvariantCulture, $"{server} gave no answer within {allowed.TotalSeconds:0.#} s.")
            : string.Create(CultureInfo.InvariantCulture, $"{server} is still starting or connecting after {allowed.TotalSeconds:0.#} s. Nothing was sent to it; try again shortly.");
        return new BackendFault(BackendFailure.TimedOut, connected ? message + " Whether it did what was asked is not known." : message) { NotSent = !connected };
    }

    private static BackendFault Explain(HttpRequestException http, string server, SecretRedactor redactor, BackendRequest request)
    {
        if (http.StatusCode is { } status)
        {
            string answer = $"HTTP {(int)status}";
            string said = request.HttpAnswer is { } noted && noted.Status == status && noted.Excerpt(redactor) is { Length: > 0 } excerpt ? $": {excerpt.TrimEnd('.')}." : ".";
            return status switch
            {
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new BackendFault(
                    BackendFailure.Unauthorized, $"{server} refused the credentials with {answer}{said} Check the headers of its entry, or give it an \"oauth\" member and log in."),
                HttpStatusCode.TooManyRequests => new BackendFault(BackendFailure.Busy, $"{server} is asked too often, {answer}{said}{Wait(request)}") { RetryAfter = request.RetryAfter },
                >= HttpStatusCode.InternalServerError => new BackendFault(BackendFailure.ConnectionLost, $"{server} answered {answer}{said}{Wait(request)}") { RetryAfter = request.RetryAfter },
                _ => new BackendFault(BackendFailure.ProtocolError, $"{server} answered {answer}{said} Check its address and transport."),
            };
        }

        return http.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
            ? new BackendFault(BackendFailure.Unreachable, $"{server} cannot be reached: {redactor.Redact(http.Message)}")
            : new BackendFault(BackendFailure.ConnectionLost, $"The connection to {server} broke: {redactor.Redact(Innermost(http).Message)}");
    }

    private static BackendFault Explain(Exception thrown, string name, SecretRedactor redactor, BackendRequest request) => thrown switch
    {
        OperationCanceledException => new BackendFault(BackendFailure.ConnectionLost, $"The connection to server '{name}' was closed while it worked.") { SessionLost = true },
        IOException or ObjectDisposedException or InvalidOperationException => Lost(name, redactor.Redact(Innermost(thrown).Message)),
        JsonException => new BackendFault(BackendFailure.ProtocolError, $"Server '{name}' answered something that is not MCP."),
        McpException when request.HttpAnswer is { } answer && (int)answer.Status is >= 200 and < 300 => WrongType($"Server '{name}'", answer, redactor),
        McpException or TimeoutException => new BackendFault(BackendFailure.ConnectionLost, $"Server '{name}' failed: {Cut(redactor.Redact(thrown.Message))}"),
        _ => new BackendFault(BackendFailure.Unknown, $"Server '{name}' failed: {thrown.GetType().Name}."),
    };

    private static BackendFault Lost(string name, string reason) => new(BackendFailure.ConnectionLost, LostSentence(name, reason)) { SessionLost = true };

    /// <summary>The one sentence for a connection that is gone, whoever notices it first.</summary>
    /// <param name="name">The server.</param>
    /// <param name="reason">Why, without secrets.</param>
    public static string LostSentence(string name, string reason) => $"The connection to server '{name}' was lost: {Cut(reason)}";

    private static BackendFault WrongType(string server, HttpAnswer answer, SecretRedactor redactor)
    {
        string type = answer.MediaType is { } media ? $"content of type {VisibleText.Shorten(redactor.Redact(media))}" : "content without a type";
        string said = answer.Excerpt(redactor) is { Length: > 0 } excerpt ? $": {excerpt}" : "";
        return new BackendFault(
            BackendFailure.ProtocolError, $"{server} answered HTTP {(int)answer.Status} with {type} in place of application/json or text/event-stream{said}. Check its address and transport.");
    }

    private static string Wait(BackendRequest request) =>
        request.RetryAfter is { } wait ? string.Create(CultureInfo.InvariantCulture, $" It asks for {Math.Ceiling(wait.TotalSeconds):0} s of rest.") : "";

    private static BackendFault TooLarge(string server, BackendSettings settings, string size) => new(
        BackendFailure.TooLarge,
        string.Create(CultureInfo.InvariantCulture, $"{server} answered with more{size} than the {settings.MaxResponseBytes:N0} bytes that Backends.MaxResponseBytes allows. Ask for less, for example with a filter or a page."));

    private static string Reason(McpProtocolException protocol, BackendRequest request, SecretRedactor redactor)
    {
        string message = protocol.Message.StartsWith(RemotePrefix, StringComparison.Ordinal) ? protocol.Message[RemotePrefix.Length..] : protocol.Message;
        string data = DataOf(protocol, request) is { Length: > 0 } json ? $"; data: {VisibleText.Shorten(redactor.RedactJson(json), LongestData)}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{Cut(redactor.Redact(message))} (code {(int)protocol.ErrorCode}){data}");
    }

    // An error in the body of an HTTP 400 never comes by as a message; the SDK and the handler have seen it.
    private static string? DataOf(McpProtocolException protocol, BackendRequest request)
    {
        if (request.ErrorData is { } seen)
        {
            return seen;
        }

        if (request.HttpAnswer is not { Status: HttpStatusCode.BadRequest } answer)
        {
            return protocol is UnsupportedProtocolVersionException version ? $"supported: {string.Join(", ", version.Supported)}" : null;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(answer.Body);
            return document.RootElement.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.Object && error.TryGetProperty("data", out JsonElement data)
                ? data.GetRawText()
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
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
