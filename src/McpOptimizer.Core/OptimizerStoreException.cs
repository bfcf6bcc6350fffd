namespace McpOptimizer.Core;

/// <summary>The store could not do what was asked; the message says why, in a sentence for the person who runs the host. Nothing was overwritten or half written.</summary>
public sealed class OptimizerStoreException : Exception
{
    /// <summary>Creates the exception with a sentence for the person who runs the host.</summary>
    public OptimizerStoreException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Creates the exception with a sentence and the kind of failure.</summary>
    public OptimizerStoreException(StoreFailure failure, string message, Exception? innerException = null)
        : base(message, innerException) => Failure = failure;

    /// <summary>The kind of failure: <see cref="StoreFailure.Full"/> is what HTTP calls 507, the others are 503.</summary>
    public StoreFailure Failure { get; }
}
