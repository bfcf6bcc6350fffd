using System.Net;

namespace Coder.Client;

/// <summary>Coder answered, and the answer is no. Carries what Coder said, never a request, a header or a body.</summary>
public class CoderApiException : HttpRequestException
{
    private string? _method;
    private string? _path;
    private string? _coderMessage;
    private string? _detail;
    private IReadOnlyList<CoderFieldError>? _validations;
    private string? _requestId;
    private TimeSpan? _retryAfter;

    /// <summary>Makes one for an answer with the given status.</summary>
    public CoderApiException(string message, HttpStatusCode? statusCode = null, Exception? innerException = null)
        : base(message, innerException, statusCode)
    {
    }

    /// <summary>HTTP method of the call.</summary>
    public string? Method { get => _method; init => _method = value; }

    /// <summary>Path of the call, without its query.</summary>
    public string? Path { get => _path; init => _path = value; }

    /// <summary>Coder's own sentence.</summary>
    public string? CoderMessage { get => _coderMessage; init => _coderMessage = value; }

    /// <summary>Coder's technical detail.</summary>
    public string? Detail { get => _detail; init => _detail = value; }

    /// <summary>The fields that Coder refused.</summary>
    public IReadOnlyList<CoderFieldError> Validations { get => _validations ?? []; init => _validations = value; }

    /// <summary>Coder's id of the request, for its operator.</summary>
    public string? RequestId { get => _requestId; init => _requestId = value; }

    /// <summary>How long to wait before the call can succeed, when Coder said so.</summary>
    public TimeSpan? RetryAfter { get => _retryAfter; init => _retryAfter = value; }

    /// <summary>Whether the same call may succeed later.</summary>
    public virtual bool IsTransient => StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    /// <summary>Takes what the answer said, the same for each kind; when to come back is kept only where coming back may help.</summary>
    internal CoderApiException Tell(
        string method, string path, string? said, string? detail, IReadOnlyList<CoderFieldError> fields, string? requestId, TimeSpan? retryAfter)
    {
        (_method, _path, _coderMessage, _detail, _validations, _requestId) = (method, path, said, detail, fields, requestId);
        _retryAfter = IsTransient ? retryAfter : null;
        return this;
    }
}
