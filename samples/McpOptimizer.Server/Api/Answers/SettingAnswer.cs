namespace McpOptimizer.Server.Api.Answers;

/// <summary>A setting in force.</summary>
/// <param name="Key">As configuration names it, for example McpOptimizer:Search:MaxToolsToReturn.</param>
/// <param name="Value">Its value, lists separated by semicolons; absent when it is not set, or secret.</param>
/// <param name="Source">default, or where it was set.</param>
/// <param name="IsSecret">Whether it is set and not shown.</param>
internal sealed record SettingAnswer(string Key, string? Value, string Source, bool IsSecret = false);
