using System.Buffers;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Horreum.Client.Clients;

/// <summary>Reads bodies: JSON that must be JSON, and the server's words when it refuses.</summary>
internal static class ResponseReader
{
    private const int ErrorBytes = 4096;
    private const int PooledBytes = 1 << 20;

    /// <summary>The body as <typeparamref name="T"/>; the default when there is none.</summary>
    /// <exception cref="HorreumApiException">The body is not JSON of this shape.</exception>
    public static async Task<T?> ReadAsync<T>(HttpResponseMessage response, RequestPath path, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        long? length = response.Content.Headers.ContentLength;
        if (response.StatusCode == HttpStatusCode.NoContent || length == 0)
        {
            return default;
        }

        await RequireJsonAsync(response, path, cancellationToken).ConfigureAwait(false);
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable _ = body.ConfigureAwait(false);
        try
        {
            return length <= PooledBytes
                ? await ReadPooledAsync(body, (int)length.Value, type, cancellationToken).ConfigureAwait(false)
                : await JsonSerializer.DeserializeAsync(body, type, cancellationToken).ConfigureAwait(false);
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
            RetryAfter = RetryPolicy.ReadRetryAfter(response.Headers.RetryAfter, time),
        };
    }

    public static HorreumApiException Malformed(RequestPath path, HttpStatusCode status, string? body, Exception? inner) =>
        new($"{path.Path} answered {(int)status} with a body that is not the expected JSON.", status, inner) { Path = path.Path, ResponseBody = body };

    private static async Task<T?> ReadPooledAsync<T>(Stream body, int length, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            await body.ReadExactlyAsync(buffer.AsMemory(0, length), cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize(buffer.AsSpan(0, length), type);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

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
