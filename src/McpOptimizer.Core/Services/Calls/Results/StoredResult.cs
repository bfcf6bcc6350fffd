namespace McpOptimizer.Core.Services.Calls.Results;

/// <summary>A result that is kept for a while.</summary>
/// <param name="Handle">What it is asked for by.</param>
/// <param name="Session">Who may ask.</param>
/// <param name="Json">The result.</param>
/// <param name="Until">When it is forgotten.</param>
/// <param name="ServerName">Whose result it is; null when nobody asks.</param>
/// <param name="ToolName">The tool.</param>
internal sealed record StoredResult(string Handle, string Session, byte[] Json, DateTimeOffset Until, string? ServerName, string? ToolName);
