namespace McpOptimizer.Server.Status;

/// <summary>All tools, and the servers whose tools are missing from them.</summary>
/// <param name="Tools">By server.</param>
/// <param name="NotReady">Servers that should do their work and do not.</param>
internal sealed record ToolRows(IReadOnlyList<ToolRow> Tools, IReadOnlyList<ServerRow> NotReady);
