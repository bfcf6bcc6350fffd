namespace McpOptimizer.Core.Clients.Embeddings;

/// <summary>One attempt failed for a reason that may pass.</summary>
internal sealed class PassingException(string message, TimeSpan? retryAfter) : Exception(message)
{
    /// <summary>How long the service asks to be left alone; null when it does not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
