namespace Horreum.Server.Llm;

/// <summary>The LLM gave no usable answer. Says nothing of what it wrote: providers repeat parts of the key in their errors.</summary>
/// <param name="status">HTTP status for the caller.</param>
/// <param name="message">What went wrong.</param>
/// <param name="upstreamStatus">The LLM's own status, when it answered.</param>
/// <param name="retryAfter">When to come back.</param>
internal sealed class LlmException(int status, string message, int? upstreamStatus = null, TimeSpan? retryAfter = null) : Exception(message)
{
    public int Status => status;

    public int? UpstreamStatus => upstreamStatus;

    public TimeSpan? RetryAfter => retryAfter;
}
