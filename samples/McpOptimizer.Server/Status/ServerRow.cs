namespace McpOptimizer.Server.Status;

/// <summary>One server, as the person who runs the optimizer wants to see it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">One word: <c>ready</c>, <c>starting</c>, <c>failed</c> or <c>off</c>.</param>
/// <param name="Tools">Tools that can be found.</param>
/// <param name="Tokens">Tokens of their definitions.</param>
/// <param name="Error">Why it is not ready, or why its last operation failed; null when nothing is wrong. Commands and addresses may stand in it.</param>
/// <param name="FailingSince">Since when nothing has worked; null when it works.</param>
/// <param name="NextTry">When it is tried again; null when that is not planned.</param>
internal sealed record ServerRow(string Name, string State, int Tools, long Tokens, string? Error, DateTimeOffset? FailingSince = null, DateTimeOffset? NextTry = null);
