namespace McpOptimizer.Server.Api.Answers;

/// <summary>The settings in force.</summary>
/// <param name="Settings">By key.</param>
internal sealed record SettingsAnswer(IReadOnlyList<SettingAnswer> Settings);
