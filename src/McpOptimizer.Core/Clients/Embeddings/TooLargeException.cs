namespace McpOptimizer.Core.Clients.Embeddings;

/// <summary>The service takes no body of this size; half of the texts may pass.</summary>
internal sealed class TooLargeException(string message) : Exception(message);
