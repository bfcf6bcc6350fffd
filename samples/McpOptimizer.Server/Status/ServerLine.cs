namespace McpOptimizer.Server.Status;

/// <summary>One line of a server.</summary>
/// <param name="At">When it came.</param>
/// <param name="Text">The line, made visible and shortened.</param>
internal sealed record ServerLine(DateTimeOffset At, string Text);
