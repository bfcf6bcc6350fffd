namespace Horreum.Client;

/// <summary>Horreum did not answer, or stopped answering, within <see cref="HorreumClientOptions.Timeout"/>.</summary>
public sealed class HorreumTimeoutException : HttpRequestException
{
    internal HorreumTimeoutException(string message, Exception? inner)
        : base(message, inner)
    {
    }

    /// <summary>How long the client waited.</summary>
    public required TimeSpan Timeout { get; init; }
}
