using System.Net;

namespace Horreum.Client;

/// <summary>Horreum answered, but not with what was asked for: an error status, or a body that is not the JSON it should be.</summary>
public sealed class HorreumApiException : HttpRequestException
{
    internal HorreumApiException(string message, HttpStatusCode status, Exception? inner = null)
        : base(message, inner, status)
    {
    }

    /// <summary>Path of the call, without its query.</summary>
    public required string Path { get; init; }

    /// <summary>The server's text: at most the first 4 KiB, of any content type; null when it sent none.</summary>
    public string? ResponseBody { get; init; }

    /// <summary>When the server asked to come back, from now.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the status was good and the body was not.</summary>
    public bool IsMalformed => StatusCode is >= HttpStatusCode.OK and < HttpStatusCode.MultipleChoices;

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsTransient =>
        StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
}
