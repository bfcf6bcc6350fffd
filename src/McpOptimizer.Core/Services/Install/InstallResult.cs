namespace McpOptimizer.Core.Services.Install;

/// <summary>Outcome of an installation.</summary>
/// <param name="Text">What happened and what to do next.</param>
/// <param name="IsError">Whether the server is not there afterwards for a reason other than missing settings.</param>
public sealed record InstallResult(string Text, bool IsError);
