namespace McpOptimizer.Core;

/// <summary>The store cannot be used as it is: not a database, from a newer version, or not readable. Nothing was overwritten.</summary>
public sealed class OptimizerStoreException : Exception
{
    /// <summary>Creates the exception with a sentence for the person who runs the host.</summary>
    public OptimizerStoreException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
