using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ToolHive.Client.Clients.Wire;

namespace ToolHive.Client.Clients.Discovery;

/// <summary>Asks an address whether ToolHive answers there.</summary>
internal sealed class EndpointProbe(IHttpClientFactory clients, TimeProvider clock)
{
    /// <summary>Name of the client, which logs nothing: a scan would fill a log.</summary>
    public const string ClientName = "ToolHive.Client.Probe";

    private const string NonceHeader = "X-Toolhive-Nonce";
    private const int MaxAnswer = 64 * 1024;

    /// <summary>Asks for the version.</summary>
    /// <returns>The endpoint with its version, or a reason why it is none.</returns>
    public async Task<(ToolHiveEndpoint? Endpoint, string? Reason)> AskVersionAsync(
        ToolHiveEndpoint endpoint, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = endpoint.CreateRequest(HttpMethod.Get, "api/v1beta/version");
        try
        {
            return await WithTimeoutAsync(
                async token =>
                {
                    using HttpResponseMessage response = await clients.CreateClient(ClientName).SendAsync(
                        request, HttpCompletionOption.ResponseHeadersRead, token).ConfigureAwait(false);
                    if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden && endpoint.IsTrusted)
                    {
                        // Something is there that wants a token, and the user named it.
                        return (endpoint, (string?)null);
                    }

                    if (!response.IsSuccessStatusCode)
                    {
                        return (null, $"answered {(int)response.StatusCode} to the version question");
                    }

                    await response.Content.LoadIntoBufferAsync(MaxAnswer, token).ConfigureAwait(false);
                    VersionAnswer? answer = JsonSerializer.Deserialize(
                        await response.Content.ReadAsByteArrayAsync(token).ConfigureAwait(false), ToolHiveJsonContext.Default.VersionAnswer);
                    return string.IsNullOrEmpty(answer?.Version)
                        ? ((ToolHiveEndpoint?)null, "is not ToolHive: its answer has no version")
                        : (endpoint with { Version = answer.Version }, null);
                },
                timeout,
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or TimeoutException or IOException)
        {
            return (null, Describe(e));
        }
    }

    /// <summary>Compares the nonce that the health answer carries with the one of the discovery file.</summary>
    /// <returns>A reason why the endpoint is not the process that wrote the file; null when it is.</returns>
    public async Task<string?> CheckNonceAsync(ToolHiveEndpoint endpoint, string nonce, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = endpoint.CreateRequest(HttpMethod.Get, "health");
        try
        {
            return await WithTimeoutAsync(
                async token =>
                {
                    using HttpResponseMessage response = await clients.CreateClient(ClientName).SendAsync(
                        request, HttpCompletionOption.ResponseHeadersRead, token).ConfigureAwait(false);
                    string? answered = response.Headers.TryGetValues(NonceHeader, out IEnumerable<string>? values) ? values.FirstOrDefault() : null;
                    bool same = answered is not null
                        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(answered), Encoding.UTF8.GetBytes(nonce));
                    return same ? null : "another process answers there than the one that wrote the file";
                },
                timeout,
                cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException or IOException)
        {
            return Describe(e);
        }
    }

    private async Task<T> WithTimeoutAsync<T>(Func<CancellationToken, Task<T>> ask, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(timeout, clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await ask(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"no answer within {timeout.TotalSeconds:0.###} s");
        }
    }

    private static string Describe(Exception e) => e switch
    {
        TimeoutException => e.Message,
        JsonException => "is not ToolHive: its answer is not JSON",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "refused the connection",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "has a host name that cannot be resolved",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "failed the TLS handshake",
        _ => "broke off the answer",
    };
}
