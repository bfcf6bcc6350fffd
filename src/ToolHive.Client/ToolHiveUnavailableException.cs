namespace ToolHive.Client;

/// <summary>No ToolHive could be reached. The message says what was tried.</summary>
public sealed class ToolHiveUnavailableException : HttpRequestException
{
    /// <summary>Creates an exception.</summary>
    /// <param name="message">What was tried and what to do.</param>
    /// <param name="innerException">The last failure.</param>
    public ToolHiveUnavailableException(string message, Exception? innerException = null)
        : base(System.Net.Http.HttpRequestError.ConnectionError, message, innerException)
    {
    }
}
