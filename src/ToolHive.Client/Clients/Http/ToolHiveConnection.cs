using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ToolHive.Client.Clients.Discovery;
using ToolHive.Client.Clients.Wire;
using ToolHive.Client.Resilience;
using ToolHive.Client.Telemetry;

namespace ToolHive.Client.Clients.Http;

/// <summary>
/// Sends calls to the endpoint in use: finds it again when the connection is lost, repeats what may be repeated, and turns
/// everything that goes wrong into the package's two exceptions.
/// </summary>
internal sealed partial class ToolHiveConnection(
    HttpClient http,
    EndpointProvider endpoints,
    Backoff backoff,
    IOptions<ToolHiveClientOptions> options,
    ToolHiveMetrics metrics,
    TimeProvider clock,
    ILogger logger)
{
    // The whole default catalogue is below 2 MiB; more than this is not an answer of ToolHive.
    private const long MaxAnswer = 64L * 1024 * 1024;

    private readonly ToolHiveClientOptions _options = options.Value;

    /// <summary>Sends a call and reads its JSON answer.</summary>
    public Task<T> ReadAsync<T>(ApiCall call, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendWithRetriesAsync(call, (response, token) => ReadJsonAsync(call, response, type, token), cancellationToken);

    /// <summary>The same for a bare list, which may be null.</summary>
    public async Task<IReadOnlyList<T>> ReadListAsync<T>(ApiCall call, JsonTypeInfo<IReadOnlyList<T>> type, CancellationToken cancellationToken)
    {
        JsonElement answer = await ReadAsync(call, ToolHiveJsonContext.Default.JsonElement, cancellationToken).ConfigureAwait(false);
        try
        {
            return answer.ValueKind == JsonValueKind.Null ? [] : answer.Deserialize(type) ?? [];
        }
        catch (JsonException e)
        {
            throw ApiErrors.Unreadable(call.ToString(), HttpStatusCode.OK, "it is not the list that was expected", e);
        }
    }

    /// <summary>Sends a call whose answer says nothing but that it was accepted.</summary>
    public Task SendAsync(ApiCall call, CancellationToken cancellationToken) =>
        SendWithRetriesAsync(call, static (_, _) => Task.FromResult(true), cancellationToken);

    /// <summary>Sends a call and hands the answer, success or not, to a reader.</summary>
    public Task<T> SendAsync<T>(ApiCall call, Func<HttpResponseMessage, CancellationToken, Task<T>> read, CancellationToken cancellationToken) =>
        SendWithRetriesAsync(call, read, cancellationToken, acceptsFailure: true);

    /// <summary>Sends a call and reads its text line by line, as it arrives.</summary>
    public async IAsyncEnumerable<string> ReadLinesAsync(ApiCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The attempt must not dispose what is still read, so the answer leaves it as the result.
        HttpResponseMessage response = await SendWithRetriesAsync(
            call, static (response, _) => Task.FromResult(response), cancellationToken, keepsResponse: true)
            .ConfigureAwait(false);
        using (response)
        {
            using StreamReader reader = new(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
            while (await ReadLineAsync(call, reader, cancellationToken).ConfigureAwait(false) is { } line)
            {
                yield return line;
            }
        }
    }

    /// <summary>Makes a call with a JSON body.</summary>
    public static ApiCall WithBody<T>(HttpMethod method, string path, T body, JsonTypeInfo<T> type) =>
        new(method, path) { Body = JsonSerializer.SerializeToUtf8Bytes(body, type), SentSecrets = SecretValues.Of(body) };

    private async Task<T> SendWithRetriesAsync<T>(
        ApiCall call,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken,
        bool acceptsFailure = false,
        bool keepsResponse = false)
    {
        long started = clock.GetTimestamp();
        int losses = 0;
        for (int attempt = 1; ; attempt++)
        {
            ToolHiveEndpoint? endpoint = null;
            Exception failure;
            try
            {
                endpoint = await WithinBudgetAsync(endpoints.GetAsync(attempt == 1, cancellationToken), started, cancellationToken).ConfigureAwait(false);
                return await SendOnceAsync(call, endpoint, read, acceptsFailure, keepsResponse, cancellationToken).ConfigureAwait(false);
            }
            catch (ToolHiveUnavailableException e)
            {
                failure = e;
            }
            catch (ToolHiveApiException e) when (MayAskAgain(call, e, attempt, started))
            {
                metrics.Retried();
                await Task.Delay(e.RetryAfter!.Value, clock, cancellationToken).ConfigureAwait(false);
                continue;
            }
            catch (Exception e) when (endpoint is not null && IsLoss(e))
            {
                endpoints.ReportLost(endpoint, e);
                if (!call.IsIdempotent && WasPerhapsReceived(e))
                {
                    throw new ToolHiveUnavailableException(
                        $"{call} was sent but got no answer ({e.Message}). It may have been carried out: look before repeating it.", e);
                }

                failure = e;
                losses++;
            }

            if (attempt >= _options.MaxAttempts || IsOver(started))
            {
                throw failure is ToolHiveUnavailableException unavailable
                    ? unavailable
                    : new ToolHiveUnavailableException($"{call} failed {attempt} times; the last time: {failure.Message}", failure);
            }

            metrics.Retried();
            LogRetry(call, attempt, failure.Message);
            if (losses > 1)
            {
                // It can be found but does not serve: without a pause this would spin.
                await Task.Delay(backoff.After(losses - 1), clock, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<T> SendOnceAsync<T>(
        ApiCall call,
        ToolHiveEndpoint endpoint,
        Func<HttpResponseMessage, CancellationToken, Task<T>> read,
        bool acceptsFailure,
        bool keepsResponse,
        CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = CreateRequest(call, endpoint);
        TimeSpan timeout = call.IsLong ? _options.LongRequestTimeout : _options.RequestTimeout;
        using CancellationTokenSource limit = new(timeout, clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        HttpResponseMessage? response = null;
        bool isKept = false;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
            if (ApiErrors.IsForeign(response))
            {
                // A web page: another program took the port over. Where ToolHive is now shows the next discovery.
                throw new ForeignAnswerException($"{endpoint.BaseAddress} is not ToolHive: it answered {call} with {(int)response.StatusCode} and a web page");
            }

            if (!response.IsSuccessStatusCode && !acceptsFailure)
            {
                throw await ApiErrors.ReadAsync(call.ToString(), response, call.SentSecrets, clock, both.Token).ConfigureAwait(false);
            }

            T result = await read(response, both.Token).ConfigureAwait(false);
            isKept = keepsResponse;
            return result;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {timeout.TotalSeconds:0.###} s", e);
        }
        finally
        {
            if (!isKept)
            {
                response?.Dispose();
            }
        }
    }

    private HttpRequestMessage CreateRequest(ApiCall call, ToolHiveEndpoint endpoint)
    {
        HttpRequestMessage request = endpoint.CreateRequest(call.Method, call.Path);
        if (call.Body is not null)
        {
            request.Content = new ByteArrayContent(call.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        if (_options.BearerToken is { Length: > 0 } token && endpoint.IsTrusted)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        if (_options.ClientType is { Length: > 0 } clientType)
        {
            request.Headers.TryAddWithoutValidation("X-Client-Type", clientType);
        }

        return request;
    }

    private static async Task<T> ReadJsonAsync<T>(ApiCall call, HttpResponseMessage response, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        await response.Content.LoadIntoBufferAsync(MaxAnswer, cancellationToken).ConfigureAwait(false);
        try
        {
            Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            return await JsonSerializer.DeserializeAsync(body, type, cancellationToken).ConfigureAwait(false)
                ?? throw ApiErrors.Unreadable(call.ToString(), response.StatusCode, "it is null");
        }
        catch (JsonException e)
        {
            throw ApiErrors.Unreadable(call.ToString(), response.StatusCode, "it is not the JSON that was expected", e);
        }
    }

    private async Task<string?> ReadLineAsync(ApiCall call, StreamReader reader, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(_options.RequestTimeout, clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await reader.ReadLineAsync(both.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new ToolHiveUnavailableException($"{call} broke off in the middle of the text.", e);
        }
    }

    private async Task<ToolHiveEndpoint> WithinBudgetAsync(Task<ToolHiveEndpoint> discovery, long started, CancellationToken cancellationToken)
    {
        if (_options.MaxRetryDuration == Timeout.InfiniteTimeSpan || discovery.IsCompleted)
        {
            return await discovery.ConfigureAwait(false);
        }

        // A first look is always worth its time, even with a budget of zero.
        TimeSpan left = _options.MaxRetryDuration - clock.GetElapsedTime(started);
        TimeSpan patience = left > _options.RequestTimeout ? left : _options.RequestTimeout;
        try
        {
            return await discovery.WaitAsync(patience, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException e)
        {
            throw new ToolHiveUnavailableException($"No ToolHive found within {_options.MaxRetryDuration.TotalSeconds:0.###} s.", e);
        }
    }

    private bool IsOver(long started) => _options.MaxRetryDuration != Timeout.InfiniteTimeSpan && clock.GetElapsedTime(started) >= _options.MaxRetryDuration;

    private bool MayAskAgain(ApiCall call, ToolHiveApiException e, int attempt, long started) =>
        call.IsIdempotent && attempt < _options.MaxAttempts && e.StatusCode is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
            && e.RetryAfter is { } delay
        && (_options.MaxRetryDuration == Timeout.InfiniteTimeSpan || clock.GetElapsedTime(started) + delay < _options.MaxRetryDuration);

    private static bool IsLoss(Exception e) => e is ForeignAnswerException or TimeoutException or IOException
        || (e is HttpRequestException { HttpRequestError: not HttpRequestError.ConfigurationLimitExceeded } and not ToolHiveApiException);

    private static bool WasPerhapsReceived(Exception e) => e is not ForeignAnswerException
        && (e as HttpRequestException)?.HttpRequestError
            is not (HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError);

    [LoggerMessage(EventId = 4, Level = LogLevel.Debug, Message = "{Call}: attempt {Attempt} failed ({Reason}); trying again.")]
    private partial void LogRetry(ApiCall call, int attempt, string reason);
}
