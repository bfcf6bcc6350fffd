using System.Diagnostics;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Horreum.Client.Clients.Queries;
using Horreum.Client.Models;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly;
using Polly.Retry;

namespace Horreum.Client.Clients;

/// <summary>
/// Sends requests: rate limit, timeout, repetition, error mapping. The only owner of time: the <see cref="HttpClient"/> has no timeout of its own.
/// </summary>
internal sealed partial class HorreumTransport(
    HttpClient http,
    IOptions<HorreumClientOptions> options,
    RequestGate gate,
    TimeProvider time,
    ILogger<HorreumTransport> logger)
{
    private const int LongestFaults = 2000;

    private static readonly MediaTypes Accepted = new();
    private static readonly TimeSpan AskedJitter = TimeSpan.FromMilliseconds(100);
    private static readonly ResiliencePropertyKey<CallAttempts> Call = new("Horreum.Call");
    private readonly HorreumClientOptions _options = options.Value;
    private readonly ResiliencePipeline _retries = RetryPipeline.Create(
        options.Value.MaxRetries + 1,
        options.Value.RetryDelay,
        options.Value.MaxRetryDelay,
        time,
        attempt => RetryPolicy.MayRepeat(CallOf(attempt.Context).Method, attempt.Outcome.Exception, options.Value.MaxRetryDelay),
        outcome => (outcome.Exception as HorreumApiException)?.RetryAfter + (AskedJitter * Random.Shared.NextDouble()),
        attempt => Repeating(attempt, logger));

    public Task SendAsync(HttpMethod method, RequestPath path, CancellationToken cancellationToken) =>
        ExecuteAsync(method, path, null, IgnoreAsync, cancellationToken);

    public Task SendAsync(HttpMethod method, RequestPath path, HttpBody body, CancellationToken cancellationToken) =>
        ExecuteAsync(method, path, body, IgnoreAsync, cancellationToken);

    public Task<T> ReadAsync<T>(HttpMethod method, RequestPath path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        ExecuteAsync(method, path, null, Required(method, path, type), cancellationToken);

    public Task<T> ReadAsync<T>(HttpMethod method, RequestPath path, JsonTypeInfo<T> type, FastRead<T> fast, CancellationToken cancellationToken) =>
        ExecuteAsync(method, path, null, Required(method, path, type, fast), cancellationToken);

    public Task<T> ReadAsync<T>(HttpMethod method, RequestPath path, HttpBody body, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        ExecuteAsync(method, path, body, Required(method, path, type), cancellationToken);

    public Task<T?> ReadOrDefaultAsync<T>(HttpMethod method, RequestPath path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        ExecuteAsync(method, path, null, (response, token) => ReadAsync(response, method, path, type, null, token), cancellationToken);

    public Task<string> ReadTextAsync(HttpMethod method, RequestPath path, CancellationToken cancellationToken) =>
        ExecuteAsync(method, path, null, (response, token) => response.Content.ReadAsStringAsync(token), cancellationToken);

    public Task<string> ReadTextAsync(HttpMethod method, RequestPath path, HttpBody body, CancellationToken cancellationToken) =>
        ExecuteAsync(method, path, body, (response, token) => response.Content.ReadAsStringAsync(token), cancellationToken);

    /// <summary>Opens a response whose body the caller reads; each part of it must arrive within the timeout.</summary>
    public Task<JsonPayload> OpenAsync(RequestPath path, CancellationToken cancellationToken) =>
        ExecuteAsync(HttpMethod.Get, path, null, (response, token) => OpenBodyAsync(response, path, token), cancellationToken, keep: true);

    /// <summary>Reads a JSON array item by item.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(RequestPath path, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        JsonPayload payload = await OpenAsync(path, cancellationToken).ConfigureAwait(false);
        await using ConfiguredAsyncDisposable _ = payload.ConfigureAwait(false);
        IAsyncEnumerator<T?> items = JsonSerializer.DeserializeAsyncEnumerable(payload.Content, type, cancellationToken).GetAsyncEnumerator(cancellationToken);
        await using ConfiguredAsyncDisposable __ = items.ConfigureAwait(false);
        while (await MoveNextAsync(items, path).ConfigureAwait(false))
        {
            if (items.Current is { } item)
            {
                yield return item;
            }
        }
    }

    /// <summary>Uploads once: a repeated upload would make a second run.</summary>
    public async Task<IReadOnlyList<int>> UploadAsync(RequestPath path, JsonElement data, CancellationToken cancellationToken)
    {
        string text = await ReadTextAsync(
            HttpMethod.Post, path, HttpBody.Json(data, HorreumJsonContext.Default.JsonElement), cancellationToken).ConfigureAwait(false);
        List<int> ids = [];
        foreach (string part in text.Split([',', '[', ']', ' ', '"', '\n'], StringSplitOptions.RemoveEmptyEntries))
        {
            ids.Add(int.TryParse(part, out int id) ? id : throw ResponseReader.Malformed(path, HttpStatusCode.Accepted, text, null));
        }

        return ids;
    }

    private static async Task<bool> MoveNextAsync<T>(IAsyncEnumerator<T> items, RequestPath path)
    {
        try
        {
            return await items.MoveNextAsync().ConfigureAwait(false);
        }
        catch (JsonException e)
        {
            throw ResponseReader.Malformed(path, HttpStatusCode.OK, null, e);
        }
    }

    private static Task<bool> IgnoreAsync(HttpResponseMessage response, CancellationToken cancellationToken) => Task.FromResult(true);

    private Func<HttpResponseMessage, CancellationToken, Task<T>> Required<T>(
        HttpMethod method,
        RequestPath path,
        JsonTypeInfo<T> type,
        FastRead<T>? fast = null) =>
        async (response, token) => await ReadAsync(response, method, path, type, fast, token).ConfigureAwait(false)
            ?? throw ResponseReader.Malformed(path, response.StatusCode, "(no content)", null);

    private async Task<T?> ReadAsync<T>(
        HttpResponseMessage response,
        HttpMethod method,
        RequestPath path,
        JsonTypeInfo<T> type,
        FastRead<T>? fast,
        CancellationToken cancellationToken)
    {
        (T? value, IReadOnlyList<string> faults) =
            await ResponseReader.ReadAsync(response, path, type, fast, _options.MaxResponseBytes, cancellationToken).ConfigureAwait(false);
        if (faults.Count > 0)
        {
            LogMended(logger, method.Method, path.Path, faults.Count, VisibleText.Shorten(string.Join(" ", faults), LongestFaults));
        }

        return value;
    }

    private async Task<JsonPayload> OpenBodyAsync(HttpResponseMessage response, RequestPath path, CancellationToken cancellationToken)
    {
        if (response.StatusCode == HttpStatusCode.NoContent || response.Content.Headers.ContentLength == 0)
        {
            response.Dispose();
            return JsonPayload.Empty();
        }

        await ResponseReader.RequireJsonAsync(response, path, cancellationToken).ConfigureAwait(false);
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        return new JsonPayload(new TimedStream(body, _options.Timeout, time, path.Path), response.Content.Headers.ContentLength, response);
    }

    private async Task<T> ExecuteAsync<T>(
        HttpMethod method,
        RequestPath path,
        HttpBody? body,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken,
        bool keep = false)
    {
        CallAttempts call = new(method, path);
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Call, call);
        try
        {
            return await _retries.ExecuteAsync(async _ => await TimedAttemptAsync(call, body, read, keep, cancellationToken).ConfigureAwait(false), context)
                .ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException and not HorreumRateLimitException)
        {
            LogFailed(logger, method.Method, path.Path, Outcome(e), call.Count);
            if (e is IOException)
            {
                throw new HttpRequestException(
                    HttpRequestError.ResponseEnded, $"{method} {path.Path}: the connection broke while the answer was read.", e);
            }

            throw;
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<T> TimedAttemptAsync<T>(
        CallAttempts call,
        HttpBody? body,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        bool keep,
        CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        call.Count++;
        long started = time.GetTimestamp();
        try
        {
            T result = await AttemptAsync(call.Method, call.Path, body, read, keep, cancellationToken).ConfigureAwait(false);
            Record(call.Path, "2xx", started);
            return result;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            Record(call.Path, Outcome(e), started);
            throw;
        }
    }

    private async Task<T> AttemptAsync<T>(
        HttpMethod method,
        RequestPath path,
        HttpBody? body,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        bool keep,
        CancellationToken cancellationToken)
    {
        using CancellationTokenSource timer = new(_options.Timeout, time);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        HttpResponseMessage? response = null;
        bool handedOver = false;
        try
        {
            using HttpRequestMessage request = new(method, path.ToString()) { Content = body?.ToContent() };
            request.Headers.Accept.Add(Accepted.Json);
            request.Headers.Accept.Add(Accepted.Text);
            if (CorrelationId.Current is { } id)
            {
                request.Headers.TryAddWithoutValidation("X-Correlation-Id", id);
            }

            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw await ResponseReader.RefusedAsync(response, method, path, time, stop.Token).ConfigureAwait(false);
            }

            T result = await read(response, stop.Token).ConfigureAwait(false);
            handedOver = keep;
            return result;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new HorreumTimeoutException($"{method} {path.Path} did not answer within {_options.Timeout.TotalSeconds:0.###} s.", e)
            {
                Timeout = _options.Timeout,
            };
        }
        finally
        {
            if (!handedOver)
            {
                response?.Dispose();
            }
        }
    }

    private static string Outcome(Exception failure) => failure switch
    {
        HorreumApiException { IsMalformed: true } => "malformed",
        HorreumApiException { StatusCode: { } status } => $"{(int)status / 100}xx",
        HorreumTimeoutException => "timeout",
        HorreumResponseTooLargeException => "too_large",
        _ => "unreachable",
    };

    private static CallAttempts CallOf(ResilienceContext context) => context.Properties.GetValue(Call, null!);

    private static void Repeating(OnRetryArguments<object> attempt, ILogger logger)
    {
        CallAttempts call = CallOf(attempt.Context);
        HorreumInstruments.Retries.Add(1, new KeyValuePair<string, object?>("endpoint", call.Path.Template));
        LogRetry(logger, call.Method.Method, call.Path.Path, Outcome(attempt.Outcome.Exception!), call.Count, attempt.RetryDelay.TotalMilliseconds);
    }

    private void Record(RequestPath path, string outcome, long started)
    {
        TagList tags = new() { { "endpoint", path.Template }, { "outcome", outcome } };
        HorreumInstruments.Requests.Add(1, tags);
        HorreumInstruments.RequestTime.Record(time.GetElapsedTime(started).TotalMilliseconds, new KeyValuePair<string, object?>("endpoint", path.Template));
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "{Method} {Path} failed ({Outcome}), attempt {Attempt}; next in {DelayMs} ms.")]
    private static partial void LogRetry(ILogger logger, string method, string path, string outcome, int attempt, double delayMs);

    [LoggerMessage(EventId = 3, Level = LogLevel.Warning, Message = "{Method} {Path} answered with {Count} odd parts, which are left out: {Faults}")]
    private static partial void LogMended(ILogger logger, string method, string path, int count, string faults);

    [LoggerMessage(EventId = 2, Level = LogLevel.Warning, Message = "{Method} {Path} failed ({Outcome}) after {Attempts} attempts.")]
    private static partial void LogFailed(ILogger logger, string method, string path, string outcome, int attempts);
}
