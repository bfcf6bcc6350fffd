namespace Horreum.Server.Configuration;

/// <summary>The settings are at fault; the message names every fault.</summary>
public sealed class SettingsException(string message) : Exception(message);
