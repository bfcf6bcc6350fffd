using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Hosting.Http;

/// <summary>What the client's Accept header lets a response be.</summary>
/// <param name="Json">One plain JSON document is acceptable.</param>
/// <param name="Events">An event stream is acceptable.</param>
/// <param name="PrefersJson">Where one message is the whole answer, it is to be plain JSON.</param>
internal readonly record struct ResponseFormat(bool Json, bool Events, bool PrefersJson)
{
    private const string JsonType = "application/json";
    private const string EventType = "text/event-stream";

    public static ResponseFormat Of(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0)
        {
            return new ResponseFormat(Json: true, Events: true, PrefersJson: true);
        }

        IList<MediaTypeHeaderValue> accepted = MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out IList<MediaTypeHeaderValue>? list) ? list : [];
        double json = Quality(accepted, JsonType);
        double events = Quality(accepted, EventType);
        bool eventsByName = accepted.Any(type => type.MediaType.Equals(EventType, StringComparison.OrdinalIgnoreCase));
        return new ResponseFormat(json > 0, events > 0, json > 0 && (json > events || !eventsByName));
    }

    /// <summary>The quality of the most specific range that covers the type; 0 when none does.</summary>
    private static double Quality(IList<MediaTypeHeaderValue> accepted, string mediaType)
    {
        MediaTypeHeaderValue type = new(mediaType);
        return accepted
            .Where(range => type.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
            .OrderBy(range => range.MatchesAllTypes ? 2 : range.MatchesAllSubTypes ? 1 : 0)
            .Select(range => range.Quality ?? 1)
            .FirstOrDefault();
    }
}
