using System.Net;

namespace ToolHive.Client;

/// <summary>ToolHive (or the Kubernetes API server) answered, and the answer is no, or not what the API promises.</summary>
public sealed class ToolHiveApiException : HttpRequestException
{
    /// <summary>Creates an exception for an answer.</summary>
    /// <param name="message">Method, path, status and what the server said; never a secret.</param>
    /// <param name="statusCode">Status of the answer.</param>
    /// <param name="innerException">Why the answer could not be read, if that is the fault.</param>
    public ToolHiveApiException(string message, HttpStatusCode statusCode, Exception? innerException = null)
        : base(message, innerException, statusCode)
    {
    }

    /// <summary>First 4 KiB of the answer's text, with the values of secrets that were sent cut out; null when it had none.</summary>
    public string? ResponseBody { get; init; }

    /// <summary>The server's own word for the failure, such as <c>registry_auth_required</c>; null when it gave none.</summary>
    public string? Code { get; init; }

    /// <summary>How long the server asks to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>True when the same call may succeed later.</summary>
    public bool IsTransient => StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;
}
