using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;

namespace McpOptimizer.Core.Clients.Embeddings;

/// <summary>
/// Sends one request to the service, with key, timeout and careful repetition: embedding changes nothing, so every request may be sent again.
/// </summary>
internal sealed class HttpEmbeddingTransport(IHttpClientFactory clients, IOptions<HttpEmbeddingOptions> options, TimeProvider time)
{
    /// <summary>Name of the HTTP client in the factory.</summary>
    public const string HttpClientName = "McpOptimizer.Embeddings";

    private const int MaxReason = 300;
    private static readonly TimeSpan MaxRetryAfter = TimeSpan.FromMinutes(1);
    private readonly HttpEmbeddingOptions _options = options.Value;

    /// <summary>GET of a path below the endpoint.</summary>
    /// <exception cref="EmbeddingException">No attempt succeeded.</exception>
    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Get, Address(path)), type, cancellationToken);

    /// <summary>POST of a JSON body to a path below the endpoint.</summary>
    /// <exception cref="EmbeddingException">No attempt succeeded; <see cref="TooLargeException"/> tells that a smaller body may.</exception>
    public Task<T> PostAsync<TBody, T>(string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(() => new HttpRequestMessage(HttpMethod.Post, Address(path)) { Content = JsonContent.Create(body, bodyType) }, type, cancellationToken);

    private Uri Address(string path) => new(_options.Endpoint!.AbsoluteUri.TrimEnd('/') + path);

    private async Task<T> SendAsync<T>(Func<HttpRequestMessage> create, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            (T? answer, string? problem, TimeSpan? retryAfter) = await AttemptAsync(create, type, cancellationToken).ConfigureAwait(false);
            if (problem is null)
            {
                return answer!;
            }

            if (attempt >= _options.MaxRetries)
            {
                throw new EmbeddingException($"{problem} ({attempt + 1} attempts)");
            }

            await Task.Delay(Wait(attempt, retryAfter), time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>One attempt: an answer, or a problem that may pass; one that will not is thrown.</summary>
    private async Task<(T? Answer, string? Problem, TimeSpan? RetryAfter)> AttemptAsync<T>(
        Func<HttpRequestMessage> create, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = create();
        string where = $"The embedding service at {request.RequestUri}";
        string? key = Environment.GetEnvironmentVariable(_options.ApiKeyVariable);
        if (!string.IsNullOrWhiteSpace(key))
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Trim());
        }

        using CancellationTokenSource limit = new(_options.Timeout, time);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using HttpClient client = clients.CreateClient(HttpClientName);
            using HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                T? answer = await response.Content.ReadFromJsonAsync(type, both.Token).ConfigureAwait(false);
                return answer is null ? throw new EmbeddingException($"{where} answered null.") : (answer, null, null);
            }

            string reason = await ReasonAsync(response, key, both.Token).ConfigureAwait(false);
            string problem = $"{where} answered {(int)response.StatusCode}{reason}";
            return response.StatusCode switch
            {
                HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway
                    or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => (default, problem, RetryAfter(response)),
                HttpStatusCode.RequestEntityTooLarge => throw new TooLargeException(problem),
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                    throw new EmbeddingException(
                        $"{problem}; the key comes from the environment variable {_options.ApiKeyVariable}{(key is null ? ", which is not set" : "")}."),
                _ => throw new EmbeddingException(problem),
            };
        }
        catch (HttpRequestException fault)
        {
            return (default, $"{where} cannot be reached: {fault.Message}", null);
        }
        catch (IOException fault)
        {
            return (default, $"{where} broke off: {fault.Message}", null);
        }
        catch (JsonException fault)
        {
            throw new EmbeddingException($"{where} answered something that is no embedding JSON: {fault.Message}", fault);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (default, $"{where} did not answer within {_options.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s", null);
        }
    }

    private TimeSpan Wait(int attempt, TimeSpan? retryAfter)
    {
        if (retryAfter is { } asked)
        {
            return asked > MaxRetryAfter ? MaxRetryAfter : asked;
        }

        TimeSpan step = _options.RetryDelay * Math.Pow(2, attempt);
        step = step > MaxRetryAfter ? MaxRetryAfter : step;
        return step * (0.5 + (Random.Shared.NextDouble() / 2));
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        TimeSpan? wait = response.Headers.RetryAfter switch
        {
            { Delta: { } delta } => delta,
            { Date: { } date } => date - time.GetUtcNow(),
            _ => null,
        };
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }

    /// <summary>The start of the service's own words, without the key should it repeat it.</summary>
    private static async Task<string> ReasonAsync(HttpResponseMessage response, string? key, CancellationToken cancellationToken)
    {
        using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] start = new byte[4 * MaxReason];
        int length = await body.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        string text = System.Text.Encoding.UTF8.GetString(start, 0, length).ReplaceLineEndings(" ").Trim();
        text = string.IsNullOrWhiteSpace(key) ? text : text.Replace(key.Trim(), "***", StringComparison.Ordinal);
        return text.Length == 0 ? "" : ": " + (text.Length > MaxReason ? text[..MaxReason] : text);
    }
}
