namespace McpOptimizer.Core.Clients.Backends;

/// <summary>The message did not reach the backend whole, so the backend cannot have acted on it.</summary>
internal sealed class BackendNotSentException(Exception inner) : Exception("The message could not be handed to the backend.", inner);
