using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Options;
using Polly;

namespace McpOptimizer.Core.Clients.Embeddings;

/// <summary>
/// Sends one request to the service, with key, timeout and careful repetition: embedding changes nothing, so every request may be sent again.
/// </summary>
internal sealed class HttpEmbeddingTransport(IHttpClientFactory clients, IOptions<HttpEmbeddingOptions> options, TimeProvider time)
{
    /// <summary>Name of the HTTP client in the factory.</summary>
    public const string HttpClientName = "McpOptimizer.Embeddings";

    private const int MaxReason = 300;
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private readonly HttpEmbeddingOptions _options = options.Value;
    private readonly ResiliencePipeline _retries = RetryPipeline.Create(
        options.Value.MaxRetries + 1,
        options.Value.RetryDelay,
        LongestWait,
        time,
        attempt => attempt.Outcome.Exception is PassingException,
        outcome => outcome.Exception is PassingException { RetryAfter: { } asked } ? (asked < LongestWait ? asked : LongestWait) : null,
        _ => { });

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
        try
        {
            return await _retries.ExecuteAsync(async token => await AttemptAsync(create, type, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (PassingException fault)
        {
            throw new EmbeddingException($"{fault.Message} ({_options.MaxRetries + 1} attempts)");
        }
    }

    /// <exception cref="PassingException">The next attempt may succeed; after any other exception it would not.</exception>
    private async Task<T> AttemptAsync<T>(Func<HttpRequestMessage> create, JsonTypeInfo<T> type, CancellationToken cancellationToken)
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
                return answer is null ? throw new EmbeddingException($"{where} answered null.") : answer;
            }

            string reason = await ReasonAsync(response, key, both.Token).ConfigureAwait(false);
            string problem = $"{where} answered {(int)response.StatusCode}{reason}";
            throw response.StatusCode switch
            {
                HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway
                    or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => new PassingException(problem, RetryAfter.Read(response, time)),
                HttpStatusCode.RequestEntityTooLarge => new TooLargeException(problem),
                HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden =>
                    new EmbeddingException(
                        $"{problem}; the key comes from the environment variable {_options.ApiKeyVariable}{(key is null ? ", which is not set" : "")}."),
                _ => new EmbeddingException(problem),
            };
        }
        catch (HttpRequestException fault)
        {
            throw new PassingException($"{where} cannot be reached: {fault.Message}", null);
        }
        catch (IOException fault)
        {
            throw new PassingException($"{where} broke off: {fault.Message}", null);
        }
        catch (JsonException fault)
        {
            throw new EmbeddingException($"{where} answered something that is no embedding JSON: {fault.Message}", fault);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new PassingException($"{where} did not answer within {_options.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s", null);
        }
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
