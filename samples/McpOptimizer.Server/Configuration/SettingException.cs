namespace McpOptimizer.Server.Configuration;

/// <summary>Settings that cannot be used; the message names each, its value and the rule.</summary>
internal sealed class SettingException(string message) : Exception(message);
