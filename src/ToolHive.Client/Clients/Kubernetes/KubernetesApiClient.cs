using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Polly;
using ToolHive.Client.Clients.Http;
using ToolHive.Client.Clients.Wire;
using ToolHive.Client.Telemetry;

namespace ToolHive.Client.Clients.Kubernetes;

/// <summary>The little of the Kubernetes API that is needed here.</summary>
internal sealed class KubernetesApiClient(
    IHttpClientFactory clients,
    ClusterLocator locator,
    IOptions<ToolHiveKubernetesOptions> options,
    ToolHiveMetrics metrics,
    TimeProvider clock)
{
    /// <summary>Name of the HTTP client.</summary>
    public const string ClientName = "ToolHive.Client.Kubernetes";

    private const string ApiGroup = "toolhive.stacklok.dev";
    private const long MaxPage = 256L * 1024 * 1024;
    private static readonly TimeSpan WatchGrace = TimeSpan.FromSeconds(30);

    private readonly ToolHiveKubernetesOptions _options = options.Value;
    private readonly ResiliencePipeline _retries = RetryPipeline.Create(
        options.Value.MaxAttempts,
        options.Value.InitialBackoff,
        options.Value.MaxBackoff,
        clock,
        attempt => IsTransient(attempt.Outcome.Exception),
        outcome => (outcome.Exception as ToolHiveApiException)?.RetryAfter,
        _ => metrics.Retried());

    /// <summary>One page of resources.</summary>
    /// <param name="version">Version of ToolHive's API group.</param>
    /// <param name="plural">Kind in the plural.</param>
    /// <param name="scope">Namespace; null for all.</param>
    /// <param name="continueFrom">Where the page begins; null for the first.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<ResourcePage> GetPageAsync(
        string version, string plural, string? scope, string? continueFrom, CancellationToken cancellationToken = default)
    {
        string path = ApiPath.WithQuery(PathOf(version, plural, scope), ("limit", ApiPath.Text(_options.PageSize)), ("continue", continueFrom));
        return await _retries.ExecuteAsync(async token => await GetOnceAsync(path, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>One value of a secret; null when the secret has no such key.</summary>
    /// <param name="scope">Namespace.</param>
    /// <param name="name">Name of the secret.</param>
    /// <param name="key">Key of the value.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="ToolHiveApiException">There is no such secret, or it may not be read.</exception>
    public async Task<string?> GetSecretAsync(string scope, string name, string key, CancellationToken cancellationToken = default)
    {
        string path = $"api/v1/namespaces/{Uri.EscapeDataString(scope)}/secrets/{Uri.EscapeDataString(name)}";
        JsonElement secret = await ReadAsync(path, cancellationToken).ConfigureAwait(false);
        return KubernetesJson.Find(secret, "data", key) is { ValueKind: JsonValueKind.String } value && value.TryGetBytesFromBase64(out byte[]? bytes)
            ? Encoding.UTF8.GetString(bytes)
            : null;
    }

    /// <summary>Changes from a version on, until the server ends the watch.</summary>
    /// <exception cref="ToolHiveApiException">With status 410: the version is too old, list again.</exception>
    /// <exception cref="ToolHiveUnavailableException">The connection broke; the watch can be resumed.</exception>
    public async IAsyncEnumerable<WatchEvent> WatchAsync(
        string version, string plural, string? scope, string? resourceVersion, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        string path = ApiPath.WithQuery(
            PathOf(version, plural, scope),
            ("watch", "true"),
            ("allowWatchBookmarks", "true"),
            ("resourceVersion", resourceVersion),
            ("timeoutSeconds", Math.Max(1, (int)_options.WatchTimeout.TotalSeconds).ToString(CultureInfo.InvariantCulture)));
        using HttpResponseMessage response = await SendAsync(path, cancellationToken).ConfigureAwait(false);
        using StreamReader reader = new(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        while (await ReadLineAsync(reader, cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (line.Length > 0)
            {
                yield return Parse(line, path);
            }
        }
    }

    private async Task<ResourcePage> GetOnceAsync(string path, CancellationToken cancellationToken)
    {
        JsonElement list = await ReadAsync(path, cancellationToken).ConfigureAwait(false);
        if (KubernetesJson.Find(list, "items") is not { ValueKind: JsonValueKind.Array or JsonValueKind.Null } items)
        {
            throw ApiErrors.Unreadable($"GET /{path.Split('?')[0]}", HttpStatusCode.OK, "it has no list 'items'");
        }

        return new ResourcePage(
            items.ValueKind == JsonValueKind.Null ? [] : [.. items.EnumerateArray()],
            KubernetesJson.Text(list, "metadata", "resourceVersion"),
            KubernetesJson.Text(list, "metadata", "continue"));
    }

    private async Task<JsonElement> ReadAsync(string path, CancellationToken cancellationToken)
    {
        using HttpResponseMessage response = await SendAsync(path, cancellationToken).ConfigureAwait(false);
        return await GuardAsync(
            async token =>
            {
                await response.Content.LoadIntoBufferAsync(MaxPage, token).ConfigureAwait(false);
                Stream body = await response.Content.ReadAsStreamAsync(token).ConfigureAwait(false);
                return await JsonSerializer.DeserializeAsync(body, ToolHiveJsonContext.Default.JsonElement, token).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a GET; a refused token is fetched anew, once.</summary>
    private async Task<HttpResponseMessage> SendAsync(string path, CancellationToken cancellationToken)
    {
        ClusterConnection cluster = locator.Connection;
        string? refused = null;
        while (true)
        {
            string? token = await cluster.Credential.GetTokenAsync(refused, cancellationToken).ConfigureAwait(false);
            HttpResponseMessage response = await GuardAsync(
                timeLimit => SendOnceAsync(cluster, path, token, timeLimit), cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                if (response.StatusCode != HttpStatusCode.Unauthorized || refused is not null || token is null)
                {
                    throw await ApiErrors.ReadAsync(
                        $"GET /{path.Split('?')[0]}", response, token is null ? [] : [token], clock, cancellationToken).ConfigureAwait(false);
                }
            }

            refused = token;
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(ClusterConnection cluster, string path, string? token, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, new Uri(cluster.Server, path));
        if (token is not null)
        {
            if (cluster.Server is { Scheme: "http", IsLoopback: false })
            {
                throw new ToolHiveUnavailableException($"A token is not sent in the clear to {cluster.Server}: use https.");
            }

            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        request.Headers.Accept.ParseAdd("application/json");
        return await clients.CreateClient(ClientName).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    private async Task<T> GuardAsync<T>(Func<CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(_options.RequestTimeout, clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await act(both.Token).ConfigureAwait(false);
        }
        catch (JsonException e)
        {
            throw Broken("answered with something that is not JSON", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Broken($"did not answer within {_options.RequestTimeout.TotalSeconds:0.###} s", e);
        }
        catch (Exception e) when (e is IOException or HttpRequestException and not ToolHiveApiException and not ToolHiveUnavailableException)
        {
            bool isTrust = e is HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError };
            throw Broken(isTrust ? "could not be trusted, or did not trust us (TLS)" : "cannot be reached", e);
        }
    }

    private async Task<string?> ReadLineAsync(StreamReader reader, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(_options.WatchTimeout + WatchGrace, clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await reader.ReadLineAsync(both.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or HttpRequestException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw Broken("broke the watch off", e);
        }
    }

    private WatchEvent Parse(string line, string path)
    {
        try
        {
            JsonElement element = JsonSerializer.Deserialize(line, ToolHiveJsonContext.Default.JsonElement);
            string type = KubernetesJson.Text(element, "type") ?? "";
            JsonElement resource = KubernetesJson.Find(element, "object") ?? default;
            return type == "ERROR" ? throw Error(resource, path) : new WatchEvent(type, resource);
        }
        catch (JsonException e)
        {
            // A line cut short: the connection is going down.
            throw Broken("broke the watch off in the middle of a line", e);
        }
    }

    private static ToolHiveApiException Error(JsonElement status, string path) =>
        new(
            $"GET /{path.Split('?')[0]} (watch): {KubernetesJson.Text(status, "message") ?? "the server reports an error"}",
            (HttpStatusCode)(KubernetesJson.Number(status, "code") ?? 500))
        {
            Code = KubernetesJson.Text(status, "reason"),
        };

    private ToolHiveUnavailableException Broken(string what, Exception e) =>
        new($"The Kubernetes API server {locator.Connection.Server} (from {locator.Connection.Origin}) {what}.", e);

    private static bool IsTransient(Exception? e) =>
        e is ToolHiveUnavailableException or ToolHiveApiException { StatusCode: HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError };

    private static string PathOf(string version, string plural, string? scope) =>
        scope is null ? $"apis/{ApiGroup}/{version}/{plural}" : $"apis/{ApiGroup}/{version}/namespaces/{ApiPath.Segment(scope, nameof(scope))}/{plural}";
}
