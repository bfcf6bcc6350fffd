using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using McpOptimizer.Core.Models.Settings;
using ModelContextProtocol.Protocol;

namespace McpOptimizer.Core.Clients.Backends;

/// <summary>
/// Stands between the SDK and the network for one session: checks addresses and redirects, keeps the session's cookies,
/// limits what is read, and notices what the SDK hides (an expired session, which call a backend's question belongs to).
/// </summary>
internal sealed class BackendHttpHandler(
    HttpMessageHandler shared, BackendSettings settings, AddressGuard guard, HttpFrames frames, Action<string, BackendRequest> onServerRequest)
    : DelegatingHandler(shared)
{
    private const string SessionHeader = "Mcp-Session-Id";
    private const string EventStream = "text/event-stream";
    private const long LargestErrorBody = 64 * 1024;
    private const int BodyChunk = 16 * 1024;

    private readonly CookieContainer _cookies = new();

    /// <summary>Whether the backend said that it does not know the session any more.</summary>
    public bool SessionExpired { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        bool inSession = request.Headers.Contains(SessionHeader);
        WriteDeep(request);
        HttpResponseMessage response = await SendFollowingAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            if (response.IsSuccessStatusCode)
            {
                await LimitAsync(request, response, cancellationToken).ConfigureAwait(false);
                return response;
            }

            if (BackendRequest.Current is { } current)
            {
                current.RetryAfter = response.Headers.RetryAfter?.Delta;
            }

            await BufferErrorAsync(response, cancellationToken).ConfigureAwait(false);
            if (inSession && await SaysSessionIsGoneAsync(response, cancellationToken).ConfigureAwait(false))
            {
                SessionExpired = true;
                if (request.Method == HttpMethod.Post)
                {
                    BackendRequest.Current?.MayHaveArrived = false;
                    throw new BackendSessionExpiredException();
                }

                // On 404 the SDK ends the whole session at once and cuts off requests that are still being answered.
                response.StatusCode = HttpStatusCode.MethodNotAllowed;
            }

            return response;
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    // The SDK's own writer ends at 64 levels, in the middle of the request.
    private static void WriteDeep(HttpRequestMessage request)
    {
        if (request.Content is JsonContent { Value: JsonRpcMessage message } content)
        {
            ReadOnlyMemoryContent written = new(JsonRpcFrames.Write(message));
            written.Headers.ContentType = content.Headers.ContentType;
            request.Content = written;
        }
    }

    private async Task<HttpResponseMessage> SendFollowingAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        HttpRequestMessage current = request;
        for (int redirects = 0; ; redirects++)
        {
            guard.Check(current.RequestUri!);
            AddCookies(current);
            HttpResponseMessage response = await SendOnceAsync(current, cancellationToken).ConfigureAwait(false);
            KeepCookies(current.RequestUri!, response);
            if (RedirectOf(current, response) is not { } target)
            {
                return response;
            }

            HttpStatusCode status = response.StatusCode;
            response.Dispose();
            BackendRequest.Current?.MayHaveArrived = false;
            if (redirects == settings.MaxRedirects)
            {
                throw new BackendAddressException($"it redirected more than {settings.MaxRedirects} times, at last to {Show(target)}");
            }

            current = Redirect(current, target, status);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        BackendRequest? operation = BackendRequest.Current;
        bool before = operation?.MayHaveArrived == true;
        operation?.MayHaveArrived = true;
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e) when (e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError
            or HttpRequestError.ProxyTunnelError)
        {
            operation?.MayHaveArrived = before;
            throw;
        }
    }

    private static Uri? RedirectOf(HttpRequestMessage request, HttpResponseMessage response) =>
        response.StatusCode is HttpStatusCode.Moved or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect
        && response.Headers.Location is { } location
            ? new Uri(request.RequestUri!, location)
            : null;

    private static HttpRequestMessage Redirect(HttpRequestMessage request, Uri target, HttpStatusCode status)
    {
        Uri from = request.RequestUri!;
        bool secureUpgrade = from.Scheme == Uri.UriSchemeHttp && target.Scheme == Uri.UriSchemeHttps && from.IsDefaultPort && target.IsDefaultPort;
        bool sameHost = string.Equals(from.Host, target.Host, StringComparison.OrdinalIgnoreCase)
            && (secureUpgrade || (from.Scheme == target.Scheme && from.Port == target.Port));
        if (!sameHost)
        {
            throw new BackendAddressException($"it redirects to {Show(target)}; redirects to another host are not followed, give that address in the server's entry if it is right");
        }

        if (request.Method == HttpMethod.Post && status is not (HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
        {
            throw new BackendAddressException($"it answered a POST with {(int)status} to {Show(target)}, which would lose the message; give that address in the server's entry");
        }

        HttpRequestMessage next = new(request.Method, target) { Content = request.Content, Version = request.Version, VersionPolicy = request.VersionPolicy };
        foreach ((string name, IEnumerable<string> values) in request.Headers.Where(header => header.Key != "Cookie"))
        {
            next.Headers.TryAddWithoutValidation(name, values);
        }

        return next;
    }

    // A query may hold a token.
    private static string Show(Uri uri) => uri.GetLeftPart(UriPartial.Path);

    private void AddCookies(HttpRequestMessage request)
    {
        string cookies = _cookies.GetCookieHeader(request.RequestUri!);
        if (cookies.Length > 0 && !request.Headers.Contains("Cookie"))
        {
            request.Headers.TryAddWithoutValidation("Cookie", cookies);
        }
    }

    private void KeepCookies(Uri uri, HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Set-Cookie", out IEnumerable<string>? cookies))
        {
            return;
        }

        foreach (string cookie in cookies)
        {
            try
            {
                _cookies.SetCookies(uri, cookie);
            }
            catch (CookieException)
            {
                // A cookie that cannot be understood is not sent back; nothing else depends on it.
            }
        }
    }

    private async Task LimitAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        string? media = response.Content.Headers.ContentType?.MediaType;
        bool isEventStream = media == EventStream;
        if (request.Method == HttpMethod.Post && !isEventStream && media != "application/json")
        {
            await DiscardAsync(response, cancellationToken).ConfigureAwait(false);
            return;
        }

        if (!isEventStream && response.Content.Headers.ContentLength > settings.MaxResponseBytes)
        {
            throw new BackendMessageTooLargeException(settings.MaxResponseBytes);
        }

        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        if (!isEventStream)
        {
            await ReadBodyAsync(response, body, cancellationToken).ConfigureAwait(false);
            return;
        }

        BackendRequest? owner = request.Method == HttpMethod.Get ? null : BackendRequest.Current;
        Action<ReadOnlyMemory<byte>>? onEvent = owner is null ? null : bytes => NoteServerRequest(bytes, owner);
        Replace(response, new StreamContent(new RpcEventStream(body, settings.MaxResponseBytes, frames, isShared: request.Method == HttpMethod.Get, onEvent)));
    }

    // A batch goes on as the events of a stream: the SDK takes one message from a body.
    private async Task ReadBodyAsync(HttpResponseMessage response, Stream body, CancellationToken cancellationToken)
    {
        ArrayBufferWriter<byte> read = new();
        for (int count; (count = await body.ReadAsync(read.GetMemory(BodyChunk), cancellationToken).ConfigureAwait(false)) > 0;)
        {
            read.Advance(count);
            if (read.WrittenCount > settings.MaxResponseBytes)
            {
                throw new BackendMessageTooLargeException(settings.MaxResponseBytes);
            }
        }

        IReadOnlyList<ReadOnlyMemory<byte>>? messages = frames.Normalize(read.WrittenSpan);
        if (messages is null or { Count: <= 1 })
        {
            Replace(response, new ReadOnlyMemoryContent(messages is [{ } only] ? only : read.WrittenMemory));
            return;
        }

        Replace(response, new ByteArrayContent([.. messages.SelectMany(message => (byte[])[.. "event: message\ndata: "u8, .. message.Span, .. "\n\n"u8])]));
        response.Content.Headers.ContentType = new MediaTypeHeaderValue(EventStream);
    }

    // The answer to a POST of the SSE transport means nothing and some peers cut it off; read it away so that the connection can be used again.
    private static async Task DiscardAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        try
        {
            Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            byte[] buffer = new byte[4096];
            for (long total = 0; total < LargestErrorBody;)
            {
                int read = await body.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
                if (read == 0)
                {
                    break;
                }

                total += read;
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // The message itself has arrived: the status says so.
        }

        Replace(response, new ByteArrayContent([]));
    }

    private static async Task BufferErrorAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[LargestErrorBody];
        int length = 0;
        try
        {
            Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // The status says enough.
        }

        Replace(response, new ByteArrayContent(buffer, 0, length));
    }

    // 404 by the specification; several servers say 400 and name the session.
    private static async Task<bool> SaysSessionIsGoneAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NotFound)
        {
            return true;
        }

        return response.StatusCode == HttpStatusCode.BadRequest
            && (await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false)).Contains("session", StringComparison.OrdinalIgnoreCase);
    }

    private static void Replace(HttpResponseMessage response, HttpContent content)
    {
        foreach ((string name, IEnumerable<string> values) in response.Content.Headers.Where(header => header.Key != "Content-Length"))
        {
            content.Headers.TryAddWithoutValidation(name, values);
        }

        response.Content = content;
    }

    private void NoteServerRequest(ReadOnlyMemory<byte> bytes, BackendRequest owner)
    {
        if (bytes.Span.IndexOf("\"elicitation/create\""u8) < 0 && bytes.Span.IndexOf("\"sampling/createMessage\""u8) < 0)
        {
            return;
        }

        StringBuilder data = new();
        foreach (string line in Encoding.UTF8.GetString(bytes.Span).Split('\n').Where(line => line.StartsWith("data:", StringComparison.Ordinal)))
        {
            data.Append(line.AsSpan(5)).Append('\n');
        }

        try
        {
            using JsonDocument message = JsonDocument.Parse(data.ToString());
            if (message.RootElement.TryGetProperty("method", out _) && message.RootElement.TryGetProperty("id", out JsonElement id))
            {
                onServerRequest(id.ToString(), owner);
            }
        }
        catch (JsonException)
        {
            // The SDK reads the same event and reports it.
        }
    }
}
