using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Coder.Client.Clients.Wire;

namespace Coder.Client.Clients;

/// <summary>Sends one call to an application inside a workspace and turns every failure into <see cref="WorkspaceAppException"/>.</summary>
internal sealed class AppHttp(HttpClient http, CoderClientOptions options, TimeProvider clock)
{
    /// <summary>A whole conversation can be long; anything above this is not one.</summary>
    private const int LargestBody = 64 * 1024 * 1024;

    /// <summary>Sends the call and reads the answer's JSON, at most <paramref name="limit"/> bytes of it.</summary>
    public async Task<T> SendAsync<T>(
        HttpMethod method, Uri address, HttpContent? content, JsonTypeInfo<T> json, CancellationToken cancellationToken, int limit = LargestBody)
    {
        using CancellationTokenSource deadline = new(options.RequestTimeout, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            using HttpRequestMessage request = new(method, address) { Content = content };
            using HttpResponseMessage response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            await CheckAsync(request, response, either.Token).ConfigureAwait(false);
            byte[] body = await BoundedBody.ReadAsync(response.Content, limit, either.Token).ConfigureAwait(false)
                ?? throw new WorkspaceAppException($"{Name(request)} answered with more than {Route.Number(limit)} bytes.", response.StatusCode);
            return JsonSerializer.Deserialize(body, json) ?? throw new WorkspaceAppException($"{Name(request)} answered with null.", response.StatusCode);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new WorkspaceAppException(
                $"{method.Method} {address.AbsolutePath} got no answer within {options.RequestTimeout.TotalSeconds:0.###} s.", null, e);
        }
        catch (JsonException e)
        {
            throw new WorkspaceAppException($"{method.Method} {address.AbsolutePath} answered with JSON of an unexpected shape.", null, e);
        }
        catch (Exception e) when (e is IOException or HttpRequestException and not WorkspaceAppException)
        {
            string reason = BoundedBody.Sentence(e.Message, options.SessionToken) ?? "connection failed";
            throw new WorkspaceAppException($"{method.Method} {address.AbsolutePath} could not reach the application: {reason}", null, e);
        }
    }

    /// <summary>Opens a stream of events; the caller disposes the answer. Only opening it is under the deadline.</summary>
    public async Task<HttpResponseMessage> OpenAsync(Uri address, CancellationToken cancellationToken)
    {
        using CancellationTokenSource deadline = new(options.RequestTimeout, clock);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        HttpRequestMessage request = new(HttpMethod.Get, address);
        request.Headers.Accept.ParseAdd("text/event-stream");
        HttpResponseMessage? response = null;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            await CheckAsync(request, response, either.Token, "text/event-stream").ConfigureAwait(false);
            return response;
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            response?.Dispose();
            throw new WorkspaceAppException($"GET {address.AbsolutePath} got no answer within {options.RequestTimeout.TotalSeconds:0.###} s.", null, e);
        }
        catch (Exception e) when (e is IOException or HttpRequestException and not WorkspaceAppException)
        {
            response?.Dispose();
            string reason = BoundedBody.Sentence(e.Message, options.SessionToken) ?? "connection failed";
            throw new WorkspaceAppException($"GET {address.AbsolutePath} could not reach the application: {reason}", null, e);
        }
        catch
        {
            response?.Dispose();
            throw;
        }
    }

    // The proxy answers a missing sign-in with a redirect to a page and a missing permission with a page, so the content type tells an answer of
    // the application from one of the proxy.
    private async Task CheckAsync(HttpRequestMessage request, HttpResponseMessage response, CancellationToken cancellationToken, string? expectedType = null)
    {
        if ((int)response.StatusCode is >= 300 and < 400)
        {
            throw new WorkspaceAppException($"{Name(request)}: Coder's proxy wants a sign-in, so the session token was not accepted.", response.StatusCode)
            {
                IsSignInRequired = true,
            };
        }

        if (!response.IsSuccessStatusCode)
        {
            string? detail = await ReadProblemAsync(response, cancellationToken).ConfigureAwait(false);
            string said = detail is not null ? ": " + detail
                : BoundedBody.IsForeign(response.Content) ? $" {BoundedBody.DescribeForeign(response.Content)}."
                : ".";
            throw new WorkspaceAppException($"{Name(request)} returned {(int)response.StatusCode}{said}", response.StatusCode)
            {
                Detail = detail,
            };
        }

        string? type = response.Content.Headers.ContentType?.MediaType;
        bool expected = expectedType is null ? BoundedBody.IsJson(response.Content) : type == expectedType;
        if (!expected)
        {
            throw new WorkspaceAppException(
                $"{Name(request)} answered {(int)response.StatusCode} {BoundedBody.DescribeForeign(response.Content, expectedType ?? "JSON")}.",
                response.StatusCode);
        }
    }

    private async Task<string?> ReadProblemAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (!BoundedBody.IsJson(response.Content))
        {
            return null;
        }

        try
        {
            byte[]? body = await BoundedBody.ReadAsync(response.Content, 64 * 1024, cancellationToken).ConfigureAwait(false);
            Problem? problem = body is null ? null : JsonSerializer.Deserialize(body, CoderJsonContext.Default.Problem);
            string? items = problem is null
                ? null
                : string.Join("; ", problem.Errors.Select(item => item.Message).Where(message => !string.IsNullOrEmpty(message)));
            return BoundedBody.Sentence(
                string.Join(": ", new[] { problem?.Detail ?? problem?.Title, items }.Where(part => !string.IsNullOrEmpty(part))), options.SessionToken);
        }
        catch (Exception e) when (e is JsonException or IOException or HttpRequestException)
        {
            return null;
        }
    }

    private static string Name(HttpRequestMessage request) => $"{request.Method.Method} {request.RequestUri!.AbsolutePath}";
}
