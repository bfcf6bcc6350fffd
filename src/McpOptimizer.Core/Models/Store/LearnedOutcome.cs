namespace McpOptimizer.Core.Models.Store;

/// <summary>What became of one hit of a request.</summary>
/// <param name="ServerName">The server's name.</param>
/// <param name="ToolName">The tool's own name.</param>
/// <param name="DefinitionHash">Of the definition that was shown: what was learned of it is not believed of another.</param>
/// <param name="Kind">What became of it.</param>
internal sealed record LearnedOutcome(string ServerName, string ToolName, string DefinitionHash, LearnedKind Kind);
