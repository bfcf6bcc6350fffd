namespace McpOptimizer.Server.Trust;

/// <summary>Body of a decision.</summary>
/// <param name="Target">One tool, a server's instructions, or a server, as the list names them.</param>
/// <param name="All">True, and no target: everything that awaits a decision.</param>
/// <param name="Hash">The hash of the review; needed to approve.</param>
/// <param name="Note">Why.</param>
internal sealed record TrustRequest(string? Target = null, bool All = false, string? Hash = null, string? Note = null);
