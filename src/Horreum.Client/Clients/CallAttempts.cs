using Horreum.Client.Clients.Queries;

namespace Horreum.Client.Clients;

/// <summary>A call and how often it was sent.</summary>
internal sealed class CallAttempts(HttpMethod method, RequestPath path)
{
    public HttpMethod Method => method;

    public RequestPath Path => path;

    /// <summary>Attempts that passed the rate gate.</summary>
    public int Count { get; set; }
}
