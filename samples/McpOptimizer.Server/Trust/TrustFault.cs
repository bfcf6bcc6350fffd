namespace McpOptimizer.Server.Trust;

/// <summary>Why a request was refused.</summary>
internal sealed record TrustFault(string Error);
