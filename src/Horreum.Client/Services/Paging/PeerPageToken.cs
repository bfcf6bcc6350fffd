using System.Text.Json;
using Horreum.Client.Models;

namespace Horreum.Client.Services.Paging;

/// <summary>
/// The page tokens of the original server, which callers may still hold: base64 of <c>{"page":2,"limit":3}</c>. They say no more than a page number does,
/// and are taken as one.
/// </summary>
internal static class PeerPageToken
{
    private const int LongestToken = 200;

    /// <summary>The request with the page and the size of such a token, which win over others; the request itself when its token is of another kind.</summary>
    public static T Expand<T>(T request)
        where T : PageRequest
    {
        Span<byte> bytes = stackalloc byte[LongestToken];
        if (request.PageToken is not { Length: > 0 and <= LongestToken } text || !Convert.TryFromBase64String(text, bytes, out int length))
        {
            return request;
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes[..length].ToArray());
            return Read(document.RootElement, "page") is { } page && Read(document.RootElement, "limit") is { } limit
                ? (T)(request with { PageToken = null, Page = page, PageSize = limit })
                : request;
        }
        catch (JsonException)
        {
            return request;
        }
    }

    private static int? Read(JsonElement token, string member) =>
        token.ValueKind == JsonValueKind.Object && token.TryGetProperty(member, out JsonElement value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out int number) && number > 0
            ? number
            : null;
}
