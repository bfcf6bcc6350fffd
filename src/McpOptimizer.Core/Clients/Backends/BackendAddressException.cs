namespace McpOptimizer.Core.Clients.Backends;

/// <summary>An address, or a redirect, that is not allowed. The message says which and why.</summary>
internal sealed class BackendAddressException(string message) : Exception(message);
