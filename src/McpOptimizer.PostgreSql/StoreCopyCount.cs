namespace McpOptimizer.PostgreSql;

/// <summary>What was copied of one kind.</summary>
/// <param name="Table">A table, or <c>oauth_tokens</c>.</param>
/// <param name="Rows">How many rows were written and read back equal.</param>
public sealed record StoreCopyCount(string Table, long Rows);
