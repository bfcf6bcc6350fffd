using System.Runtime.CompilerServices;
using System.Text.Json;
using Hosting.Http;
using McpOptimizer.Server.Api.Answers;
using McpOptimizer.Server.Api.Live;

namespace McpOptimizer.Server.Api;

/// <summary><c>GET /api/events</c>: says what is to be asked for anew, for as long as somebody listens.</summary>
internal static class EventsApi
{
    public static ApiEndpoint Endpoint { get; } = new()
    {
        Path = "/api/events",
        Summary = "Tells, for as long as the caller listens, that calls or the overview changed: ask those endpoints then. An event of each kind comes at once. Such a stream counts among Host:MaxListeners.",
        Answer = ApiJson.Default.EventAnswer,
        Stream = ListenAsync,
    };

    private static async IAsyncEnumerable<LiveEvent> ListenAsync(ApiRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Func<CallAnswer, bool>? shows = request.IsAdmin ? null : call => request.Subject is not null && call.Caller == request.Subject;
        await foreach (LiveChange change in request.Service<LiveChanges>().ListenAsync(shows, cancellationToken))
        {
            string word = change.ToString().ToLowerInvariant();
            yield return new LiveEvent(word, JsonSerializer.SerializeToUtf8Bytes(new EventAnswer(word), ApiJson.Default.EventAnswer));
        }
    }
}
