namespace McpOptimizer.Core;

/// <summary>Texts could not be embedded. What was stored before stays as it is.</summary>
public sealed class EmbeddingException : Exception
{
    /// <summary>Creates the exception with a reason for the log and <c>/ready</c>.</summary>
    public EmbeddingException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
