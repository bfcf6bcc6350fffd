namespace McpOptimizer.Core.Clients.Backends;

/// <summary>The backend does not know the session any more and did not look at the request.</summary>
internal sealed class BackendSessionExpiredException() : Exception("The backend does not know the session any more.");
