using System.Net;

namespace Coder.Client;

/// <summary>Coder answered, and the answer is no. Carries what Coder said, never a request, a header or a body.</summary>
public class CoderApiException : HttpRequestException
{
    /// <summary>Makes one for an answer with the given status.</summary>
    public CoderApiException(string message, HttpStatusCode? statusCode = null, Exception? innerException = null)
        : base(message, innerException, statusCode)
    {
    }

    /// <summary>HTTP method of the call.</summary>
    public string? Method { get; init; }

    /// <summary>Path of the call, without its query.</summary>
    public string? Path { get; init; }

    /// <summary>Coder's own sentence.</summary>
    public string? CoderMessage { get; init; }

    /// <summary>Coder's technical detail.</summary>
    public string? Detail { get; init; }

    /// <summary>The fields that Coder refused.</summary>
    public IReadOnlyList<CoderFieldError> Validations { get => field ?? []; init; }

    /// <summary>Coder's id of the request, for its operator.</summary>
    public string? RequestId { get; init; }

    /// <summary>How long to wait before the call can succeed, when Coder said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Whether the same call may succeed later.</summary>
    public virtual bool IsTransient => StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
}
