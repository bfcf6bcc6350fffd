namespace McpOptimizer.Core;

/// <summary>A servers file or registry document cannot be used; the message names the file and, for bad JSON, line and column.</summary>
public sealed class SourceFileException : Exception
{
    /// <summary>Creates the exception with a sentence for the person who wrote the file.</summary>
    public SourceFileException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
