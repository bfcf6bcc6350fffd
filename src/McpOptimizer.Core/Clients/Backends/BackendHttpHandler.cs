using System.Buffers;
using System.IO.Pipelines;
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
/// limits what is read, and notices what the SDK hides (an expired session, why a request was refused, which call a backend's question belongs to).
/// </summary>
internal sealed class BackendHttpHandler(
    HttpMessageHandler shared,
    Uri endpoint,
    bool isSse,
    BackendSettings settings,
    AddressGuard guard,
    HttpFrames frames,
    TimeProvider clock,
    Action<string, BackendRequest> onServerRequest)
    : DelegatingHandler(shared)
{
    private const string SessionHeader = "Mcp-Session-Id";
    private const string EventStream = "text/event-stream";
    private const string Json = "application/json";
    private const int LargestErrorBody = 64 * 1024;
    private const int LargestSessionError = 4 * 1024;

    private readonly CookieContainer _cookies = new();

    /// <summary>Whether the backend said that it does not know the session any more.</summary>
    public bool SessionExpired { get; set; }

    /// <summary>Why a request was not sent to where the backend led; null when none was refused. The SDK's login goes on to the next place and forgets the reason.</summary>
    public BackendAddressException? Refusal { get; private set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        bool isMessage = request.Content is JsonContent { ObjectType: { } type } && type.IsAssignableTo(typeof(JsonRpcMessage));
        bool inSession = request.Headers.Contains(SessionHeader) || (isSse && isMessage);
        if (isMessage)
        {
            CheckMessageAddress(request.RequestUri!);
        }
        else if (!IsSameOrigin(endpoint, request.RequestUri!))
        {
            request.Options.Set(AddressGuard.LedBy, endpoint.Host);
        }

        WriteDeep(request);
        HttpResponseMessage response = await SendGuardedAsync(request, cancellationToken).ConfigureAwait(false);
        try
        {
            if (response.IsSuccessStatusCode)
            {
                await LimitAsync(request, isMessage, response, cancellationToken).ConfigureAwait(false);
                if (inSession && isMessage && await AnswersWithoutSessionAsync(response, cancellationToken).ConfigureAwait(false))
                {
                    throw Expired();
                }

                return response;
            }

            byte[] body = await BufferAsync(response, cancellationToken).ConfigureAwait(false);
            Note(response, body);
            if (inSession && SaysSessionIsGone(response.StatusCode, body))
            {
                BackendSessionExpiredException expired = Expired();
                if (request.Method == HttpMethod.Post)
                {
                    throw expired;
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

    private async Task<HttpResponseMessage> SendGuardedAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            if (request.Options.TryGetValue(AddressGuard.LedBy, out string? leader))
            {
                await guard.CheckLedAsync(request.RequestUri!, leader, cancellationToken).ConfigureAwait(false);
            }

            return await SendFollowingAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (BackendAddressException e)
        {
            Refusal = e;
            throw;
        }
    }

    // The SSE transport lets the server say where messages go: with them go all credentials of its entry.
    private void CheckMessageAddress(Uri target)
    {
        if (!IsSameOrigin(endpoint, target))
        {
            throw new BackendAddressException(
                $"it wants its messages sent to {ShownAddress.Of(target)}, which is not of the same origin as {ShownAddress.Of(endpoint)}; give that address in the server's entry if it is right");
        }
    }

    private static bool IsSameOrigin(Uri from, Uri target)
    {
        bool secureUpgrade = from.Scheme == Uri.UriSchemeHttp && target.Scheme == Uri.UriSchemeHttps && from.IsDefaultPort && target.IsDefaultPort;
        return string.Equals(from.Host, target.Host, StringComparison.OrdinalIgnoreCase)
            && (secureUpgrade || (from.Scheme == target.Scheme && from.Port == target.Port));
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
                throw new BackendAddressException($"it redirected more than {settings.MaxRedirects} times, at last to {ShownAddress.Of(target)}");
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
        if (!IsSameOrigin(request.RequestUri!, target))
        {
            throw new BackendAddressException(
                $"it redirects to {ShownAddress.Of(target)}; redirects to another host are not followed, give that address in the server's entry if it is right");
        }

        if (request.Method == HttpMethod.Post && status is not (HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect))
        {
            throw new BackendAddressException(
                $"it answered a POST with {(int)status} to {ShownAddress.Of(target)}, which would lose the message; give that address in the server's entry");
        }

        HttpRequestMessage next = new(request.Method, target) { Content = request.Content, Version = request.Version, VersionPolicy = request.VersionPolicy };
        foreach ((string name, IEnumerable<string> values) in request.Headers.Where(header => header.Key != "Cookie"))
        {
            next.Headers.TryAddWithoutValidation(name, values);
        }

        if (request.Options.TryGetValue(AddressGuard.LedBy, out string? leader))
        {
            next.Options.Set(AddressGuard.LedBy, leader);
        }

        return next;
    }

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

    private async Task LimitAsync(HttpRequestMessage request, bool isMessage, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // Media types are words in any case (RFC 9110, 8.3.1); the SDK wants them in small letters.
        string? media = response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant();
        bool isEventStream = media == EventStream;
        if (isMessage && !isEventStream && media != Json)
        {
            byte[] body = await BufferAsync(response, cancellationToken).ConfigureAwait(false);
            TakeUntyped(response, body);
            return;
        }

        if (!isEventStream && response.Content.Headers.ContentLength > settings.MaxResponseBytes)
        {
            throw new BackendMessageTooLargeException(settings.MaxResponseBytes);
        }

        Stream stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        if (!isEventStream)
        {
            await ReadBodyAsync(response, stream, media, isMessage, cancellationToken).ConfigureAwait(false);
            return;
        }

        BackendRequest? owner = request.Method == HttpMethod.Get ? null : BackendRequest.Current;
        Action<ReadOnlyMemory<byte>>? onEvent = owner is null ? null : bytes => NoteServerRequest(bytes, owner);
        Replace(response, new StreamContent(new RpcEventStream(stream, settings.MaxResponseBytes, frames, isShared: request.Method == HttpMethod.Get, owner?.Listing, onEvent)), media);
    }

    // A batch goes on as the events of a stream: the SDK takes one message from a body.
    private async Task ReadBodyAsync(HttpResponseMessage response, Stream body, string? media, bool isMessage, CancellationToken cancellationToken)
    {
        using PooledBytes read = await PooledBytes.ReadAsync(
            body, response.Content.Headers.ContentLength, settings.MaxResponseBytes, static most => new BackendMessageTooLargeException(most), cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ReadOnlyMemory<byte>>? messages = isMessage ? frames.Normalize(read.Memory.Span, BackendRequest.Current?.Listing) : null;
        if (messages is null or { Count: <= 1 })
        {
            Replace(response, new ReadOnlyMemoryContent(messages is [{ } only] ? only : (ReadOnlyMemory<byte>)read.Memory.ToArray()), media);
            return;
        }

        Replace(response, new ByteArrayContent([.. messages.SelectMany(message => (byte[])[.. "event: message\ndata: "u8, .. message.Span, .. "\n\n"u8])]), EventStream);
    }

    // A message under another type's name is read all the same; what is none is kept for the error that follows from the missing answer.
    private void TakeUntyped(HttpResponseMessage response, byte[] body)
    {
        if (body.Length < LargestErrorBody && !isSse && body.AsSpan().TrimStart(" \t\r\n"u8) is [(byte)'{', ..])
        {
            Replace(response, new ByteArrayContent(body), Json);
            return;
        }

        Note(response, body);
        Replace(response, new ByteArrayContent([]), response.Content.Headers.ContentType?.MediaType);
    }

    private BackendSessionExpiredException Expired()
    {
        SessionExpired = true;
        BackendRequest.Current?.MayHaveArrived = false;
        return new BackendSessionExpiredException();
    }

    // A small answer in JSON is looked at before the SDK reads it: it may have no id, and then no request is told of the error.
    private static async Task<bool> AnswersWithoutSessionAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentType?.MediaType != Json)
        {
            return false;
        }

        PipeReader reader = PipeReader.Create(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        ReadResult read = await reader.ReadAtLeastAsync(LargestSessionError, cancellationToken).ConfigureAwait(false);
        bool gone = read.IsCompleted && read.Buffer.Length <= LargestSessionError && SaysSessionIsGone(read.Buffer.ToArray());
        reader.AdvanceTo(read.Buffer.Start);
        Replace(response, new StreamContent(reader.AsStream()), Json);
        return gone;
    }

    private static bool SaysSessionIsGone(byte[] answer)
    {
        if (answer.AsSpan().IndexOf("\"error\""u8) < 0)
        {
            return false;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.Object
                && error.TryGetProperty("code", out JsonElement code) && code.ValueKind == JsonValueKind.Number && code.TryGetInt32(out int number)
                && error.TryGetProperty("message", out JsonElement message) && message.ValueKind == JsonValueKind.String
                && BackendSessionExpiredException.IsSaidBy(number, message.GetString());
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private void Note(HttpResponseMessage response, byte[] body)
    {
        if (BackendRequest.Current is { } current)
        {
            current.RetryAfter = RetryAfter.Read(response, clock);
            current.HttpAnswer = new HttpAnswer(response.StatusCode, response.Content.Headers.ContentType?.MediaType, Encoding.UTF8.GetString(body));
        }
    }

    // As much as an error needs. Some peers cut answers off that mean nothing; read away, the connection can be used again.
    private static async Task<byte[]> BufferAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        // Most have none: every notification is answered so.
        byte[] buffer = ArrayPool<byte>.Shared.Rent(LargestErrorBody);
        int length = 0;
        try
        {
            Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            for (int read; length < LargestErrorBody && (read = await body.ReadAsync(buffer.AsMemory(length, LargestErrorBody - length), cancellationToken).ConfigureAwait(false)) > 0;)
            {
                length += read;
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // The status says enough.
        }

        byte[] taken = buffer[..length];
        ArrayPool<byte>.Shared.Return(buffer);
        Replace(response, new ByteArrayContent(taken), response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant());
        return taken;
    }

    // 404 by the specification; several servers say 400 and name the session.
    private static bool SaysSessionIsGone(HttpStatusCode status, byte[] body) =>
        status == HttpStatusCode.NotFound
        || (status == HttpStatusCode.BadRequest && Encoding.UTF8.GetString(body).Contains("session", StringComparison.OrdinalIgnoreCase));

    private static void Replace(HttpResponseMessage response, HttpContent content, string? media)
    {
        foreach ((string name, IEnumerable<string> values) in response.Content.Headers.Where(header => header.Key is not ("Content-Length" or "Content-Type")))
        {
            content.Headers.TryAddWithoutValidation(name, values);
        }

        // Without parameters: messages are UTF-8, and a charset that does not exist would fail the reading.
        content.Headers.ContentType = media is null ? null : new MediaTypeHeaderValue(media);
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
