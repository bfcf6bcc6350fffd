using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Coder.Client.Clients;

/// <summary>Sends one call to Coder's API under one deadline and turns every failure into one of the package's exceptions.</summary>
internal sealed class CoderHttp(HttpClient http, CoderClientOptions options, ServerVersionTracker version, TimeProvider clock)
{
    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> json, CancellationToken cancellationToken) =>
        SendAsync(HttpMethod.Get, path, null, json, cancellationToken);

    public Task<T> SendAsync<TBody, T>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyJson, JsonTypeInfo<T> json, CancellationToken cancellationToken) =>
        SendAsync(method, path, JsonContent.Create(body, bodyJson), json, cancellationToken);

    /// <summary>A call with a body whose answer holds nothing to read.</summary>
    public Task SendAsync<TBody>(HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyJson, CancellationToken cancellationToken) =>
        SendAsync<object>(method, path, JsonContent.Create(body, bodyJson), null, cancellationToken);

    /// <summary>A call without a body whose answer holds nothing to read.</summary>
    public Task SendAsync(HttpMethod method, string path, CancellationToken cancellationToken) =>
        SendAsync<object>(method, path, null, null, cancellationToken);

    /// <summary>A call without a body.</summary>
    public Task<T> SendAsync<T>(HttpMethod method, string path, JsonTypeInfo<T> json, CancellationToken cancellationToken) =>
        SendAsync(method, path, null, json, cancellationToken);

    private async Task<T> SendAsync<T>(HttpMethod method, string path, HttpContent? content, JsonTypeInfo<T>? json, CancellationToken cancellationToken)
    {
        CoderCall call = CoderCall.Of(method, path);
        using CancellationTokenSource deadline = new(options.RequestTimeout, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using HttpRequestMessage request = new(method, path) { Content = content };
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            version.Observe(response);
            if (!response.IsSuccessStatusCode)
            {
                throw await CoderErrors.ReadAsync(response, call, options.SessionToken, clock, either.Token).ConfigureAwait(false);
            }

            return json is null ? default! : await ReadAsync(response, call, json, either.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new CoderUnavailableException($"{call} got no answer within {options.RequestTimeout.TotalSeconds:0.###} s.", innerException: e)
            {
                Method = call.Method,
                Path = call.Path,
            };
        }
        catch (Exception e) when (e is IOException or HttpRequestException and not CoderApiException)
        {
            string reason = BoundedBody.Sentence(e.Message, options.SessionToken) ?? "connection failed";
            throw new CoderUnavailableException($"{call} could not reach Coder: {reason}", innerException: e) { Method = call.Method, Path = call.Path };
        }
    }

    private static async Task<T> ReadAsync<T>(HttpResponseMessage response, CoderCall call, JsonTypeInfo<T> json, CancellationToken cancellationToken)
    {
        if (!BoundedBody.IsJson(response.Content))
        {
            throw Unreadable(response, call, BoundedBody.DescribeForeign(response.Content), null);
        }

        using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await JsonSerializer.DeserializeAsync(body, json, cancellationToken).ConfigureAwait(false)
                ?? throw Unreadable(response, call, "with null", null);
        }
        catch (JsonException e)
        {
            throw Unreadable(response, call, "with JSON of an unexpected shape", e);
        }
    }

    private static CoderApiException Unreadable(HttpResponseMessage response, CoderCall call, string how, Exception? inner) =>
        new($"{call} answered {(int)response.StatusCode} {how}.", response.StatusCode, inner) { Method = call.Method, Path = call.Path };
}
