namespace McpOptimizer.Core.Clients.Backends;

/// <summary>The message did not reach the backend whole, so the backend cannot have acted on it.</summary>
/// <param name="end">How the backend's program ended, in a sentence; null when it is not known to have.</param>
/// <param name="inner">What writing met.</param>
internal sealed class BackendNotSentException(string? end, Exception inner) : Exception("The message could not be handed to the backend.", inner)
{
    /// <summary>How the backend's program ended, in a sentence; null when it is not known to have.</summary>
    public string? End => end;
}
