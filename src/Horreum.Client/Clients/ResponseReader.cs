using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Horreum.Client.Clients.Queries;
using Horreum.Client.Models;

namespace Horreum.Client.Clients;

/// <summary>Reads bodies: JSON that must be JSON, and the server's words when it refuses.</summary>
internal static class ResponseReader
{
    private const int ErrorBytes = 4096;

    /// <summary>The body as <typeparamref name="T"/>; the default when there is none. Odd parts are left out and noted in <see cref="AnswerFaults"/>.</summary>
    /// <exception cref="HorreumApiException">The body is not JSON of this shape.</exception>
    /// <exception cref="HorreumResponseTooLargeException">The body is larger than allowed.</exception>
    public static async Task<(T? Value, IReadOnlyList<string> Faults)> ReadAsync<T>(
        HttpResponseMessage response,
        RequestPath path,
        JsonTypeInfo<T> type,
        FastRead<T>? fast,
        long? limit,
        CancellationToken cancellationToken)
    {
        long? length = response.Content.Headers.ContentLength;
        if (response.StatusCode == HttpStatusCode.NoContent || length == 0)
        {
            return (default, []);
        }

        await RequireJsonAsync(response, path, cancellationToken).ConfigureAwait(false);
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable _ = body.ConfigureAwait(false);
        using PooledBytes bytes = await PooledBytes.ReadAsync(body, length, limit, static most => new HorreumResponseTooLargeException(most), cancellationToken).ConfigureAwait(false);
        try
        {
            LenientJson reader = new();
            T? value = reader.Read(bytes.Memory.Span, type, fast);
            AnswerFaults.Current?.Add(reader.Faults, reader.LeftOut);
            return (value, reader.Faults);
        }
        catch (JsonException e)
        {
            throw Malformed(path, response.StatusCode, null, e);
        }
    }

    /// <summary>Refuses a body that says it is something else, for example the HTML page of a proxy.</summary>
    public static async Task RequireJsonAsync(HttpResponseMessage response, RequestPath path, CancellationToken cancellationToken)
    {
        string? media = response.Content.Headers.ContentType?.MediaType;
        if (media is not null && !media.Contains("json", StringComparison.OrdinalIgnoreCase) && media != "application/octet-stream")
        {
            throw Malformed(path, response.StatusCode, await ReadTextAsync(response, cancellationToken).ConfigureAwait(false), null);
        }
    }

    public static async Task<HorreumApiException> RefusedAsync(
        HttpResponseMessage response,
        HttpMethod method,
        RequestPath path,
        TimeProvider time,
        CancellationToken cancellationToken)
    {
        string? text = null;
        try
        {
            text = await ReadTextAsync(response, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException or OperationCanceledException)
        {
            // The status is what counts; a body that cannot be read must not hide it.
        }

        return new HorreumApiException($"{method} {path.Path} returned {(int)response.StatusCode}.", response.StatusCode)
        {
            Path = path.Path,
            ResponseBody = text,
            RetryAfter = RetryAfter.Read(response, time),
        };
    }

    public static HorreumApiException Malformed(RequestPath path, HttpStatusCode status, string? body, Exception? inner) =>
        new($"{path.Path} answered {(int)status} with a body that is not the expected JSON.", status, inner) { Path = path.Path, ResponseBody = body };

    private static async Task<string?> ReadTextAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable _ = body.ConfigureAwait(false);
        byte[] buffer = new byte[ErrorBytes];
        int read = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        string text = Encoding.UTF8.GetString(buffer, 0, read).Trim();
        return text.Length == 0 ? null : text;
    }
}
