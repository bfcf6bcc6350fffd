using System.Net;
using System.Text;
using System.Text.Json;
using ToolHive.Client.Clients.Wire;

namespace ToolHive.Client.Clients.Http;

/// <summary>Turns answers that are no success into exceptions.</summary>
internal static class ApiErrors
{
    private const int MaxBody = 4 * 1024;
    private const int MaxInMessage = 500;
    private static readonly TimeSpan BodyTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Reads the start of the answer's text, whatever its type, and never lets that hide the status.</summary>
    public static async Task<ToolHiveApiException> ReadAsync(
        string call, HttpResponseMessage response, IReadOnlyList<string> sentSecrets, TimeProvider clock, CancellationToken cancellationToken)
    {
        string? body = await ReadBodyAsync(response.Content, clock, cancellationToken).ConfigureAwait(false);
        foreach (string secret in sentSecrets.Where(secret => secret.Length > 0))
        {
            body = body?.Replace(secret, "***", StringComparison.Ordinal);
        }

        RegistryError? error = ParseStructured(body);
        bool isPage = response.Content.Headers.ContentType?.MediaType is "text/html";
        string? said = isPage ? null : error?.Message ?? Unquote(body);
        return new ToolHiveApiException(
            $"{call} returned {(int)response.StatusCode}{(string.IsNullOrWhiteSpace(said) ? "." : ": " + Shorten(said))}", response.StatusCode)
        {
            ResponseBody = body,
            Code = error?.Code,
            RetryAfter = RetryAfter.Read(response, clock),
        };
    }

    /// <summary>An answer that says success but cannot be read.</summary>
    public static ToolHiveApiException Unreadable(string call, HttpStatusCode status, string why, Exception? inner = null) =>
        new($"{call} returned {(int)status} with an answer that cannot be read: {why}.", status, inner);

    /// <summary>
    /// True when something else than ToolHive answered: a web page for what ToolHive serves. Error pages of gateways do not count,
    /// since the request may have reached the ToolHive behind one.
    /// </summary>
    public static bool IsForeign(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is "text/html"
            && (response.IsSuccessStatusCode || response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed);

    private static async Task<string?> ReadBodyAsync(HttpContent content, TimeProvider clock, CancellationToken cancellationToken)
    {
        using CancellationTokenSource limit = new(BodyTimeout, clock);
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        byte[] buffer = new byte[MaxBody];
        int length = 0;
        try
        {
            Stream stream = await content.ReadAsStreamAsync(both.Token).ConfigureAwait(false);
            await using (stream.ConfigureAwait(false))
            {
                length = await stream.ReadAtLeastAsync(buffer, MaxBody, throwOnEndOfStream: false, both.Token).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            // The status is the news; a text that breaks off is not.
        }

        return length == 0 ? null : Encoding.UTF8.GetString(buffer, 0, length).Trim();
    }

    private static RegistryError? ParseStructured(string? body)
    {
        if (body is not ['{', ..])
        {
            return null;
        }

        try
        {
            return JsonSerializer.Deserialize(body, ToolHiveJsonContext.Default.RegistryError);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // Declared as JSON strings, sent as plain text: both occur.
    private static string? Unquote(string? body) => body is ['"', .. { } inner, '"'] ? inner : body;

    private static string Shorten(string text) =>
        text.ReplaceLineEndings(" ") is { Length: > MaxInMessage } longText ? longText[..MaxInMessage] + "…" : text.ReplaceLineEndings(" ");
}
