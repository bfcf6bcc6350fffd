namespace McpOptimizer.Core.Models.Disclosure;

/// <summary>A tool in short.</summary>
/// <param name="Purpose">First sentence of its description, at most 120 characters; empty when it has none.</param>
/// <param name="Signature">Name and parameters, for example <c>create_issue(owner: string, title: string, labels?: string[])</c>.</param>
public sealed record ToolSummary(string Purpose, string Signature);
