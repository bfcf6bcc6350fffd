namespace McpOptimizer.Server.Trust;

/// <summary>Body of a decision.</summary>
/// <param name="Target">One definition or a server, as the list names them.</param>
/// <param name="All">True, and no target: everything that awaits a decision.</param>
/// <param name="Hash">The whole hash of the review.</param>
/// <param name="Review">The id of the review, in place of target and hash. One of the two is needed to approve.</param>
/// <param name="Note">Why.</param>
internal sealed record TrustRequest(string? Target = null, bool All = false, string? Hash = null, string? Review = null, string? Note = null);
