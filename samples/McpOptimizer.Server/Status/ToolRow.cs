namespace McpOptimizer.Server.Status;

/// <summary>One tool of the list.</summary>
/// <param name="Server">Its server.</param>
/// <param name="Name">Its name there.</param>
/// <param name="Tokens">Tokens of its definition.</param>
internal sealed record ToolRow(string Server, string Name, int Tokens);
