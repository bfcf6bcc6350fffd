using System.Net;

namespace Coder.Client;

/// <summary>Coder could not be reached, did not answer in time, or answered with 5xx.</summary>
public sealed class CoderUnavailableException(string message, HttpStatusCode? statusCode = null, Exception? innerException = null)
    : CoderApiException(message, statusCode, innerException)
{
    /// <inheritdoc/>
    public override bool IsTransient => true;
}
